/** True in `pnpm test:consumers`, which runs at night. Otherwise a few runs are left out that differ little from others. */
export const isThorough = process.env["MODE"] === "consumers";
