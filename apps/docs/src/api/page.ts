/** A page about some exports of a package. */
export interface ApiPage {
  /** Path of the page below `api/`, and of the package's entry point if the page has no `module`. */
  path: string;
  /** Name in the sidebar. */
  label: string;
  title: string;
  description: string;
  /** Entry point, such as `listener/testing`, when the path of the page is another. */
  module?: string;
  /** Exports in the order of the page. By default, all of the entry point. */
  names?: string[];
  /** API whose operations the page shows, with the types that belong to them. */
  operations?: string;
}
