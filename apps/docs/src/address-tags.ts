/** Returns the elements for a page at `path` of the site at `address`. Their addresses are absolute, as their readers demand. */
export function addressTags(path: string, address: string): string {
  const page = new URL(path, address).href;
  const picture = new URL("social.png", address).href;
  return [
    `<link rel="canonical" href="${page}">`,
    `<meta property="og:url" content="${page}">`,
    `<meta property="og:image" content="${picture}">`,
    '<meta property="og:image:width" content="1200">',
    '<meta property="og:image:height" content="630">',
    '<meta property="og:image:alt" content="ThingSpace Callbacks: receive Verizon ThingSpace firmware callbacks">',
    `<meta name="twitter:image" content="${picture}">`,
  ].join("\n");
}
