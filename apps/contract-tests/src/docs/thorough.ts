/** True in `pnpm test:looks`, which runs at night. Otherwise the browser opens fewer pages, and axe looks at fewer of them. */
export const isThorough = process.env["MODE"] === "looks";
