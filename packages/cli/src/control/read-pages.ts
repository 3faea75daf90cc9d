/** The largest page that the control API returns. */
const pageSize = "1000";

/** Reads a list page by page, and returns all of its entries. */
export async function readPages<Entry>(
  read: (page: Record<string, string>) => Promise<{ entries: Entry[]; nextCursor?: number | undefined }>,
): Promise<Entry[]> {
  const all: Entry[] = [];
  let cursor: number | undefined;
  do {
    const { entries, nextCursor } = await read({
      limit: pageSize,
      ...(cursor !== undefined && { cursor: String(cursor) }),
    });
    all.push(...entries);
    cursor = nextCursor;
  } while (cursor !== undefined);
  return all;
}
