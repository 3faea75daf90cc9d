import starlight from "@astrojs/starlight";
import { apis } from "@thingspace-callbacks/contract";
import { defineConfig, passthroughImageService } from "astro/config";
import { apiPages } from "./src/api/pages.ts";
import { feedFile } from "./src/changelog/changelog.ts";
import { hasHistory } from "./src/history.ts";
import { project } from "./src/project.ts";
import { root } from "./src/root.ts";
import { workflowNames } from "./src/workflows/markdown.ts";

// The whole title would need two lines in the sidebar.
const documents = apis.map(({ name, title }) => ({
  label: title.replace("Software Management ", ""),
  link: `/${name}/`,
}));

const workflows = workflowNames().length > 0 ? ["reference/workflows"] : [];

export default defineConfig({
  base: root,
  outDir: "building",
  trailingSlash: "always",
  // Starlight would load a page when the pointer is over its link, and the reference is large.
  prefetch: false,
  // The site has no pictures to convert, and sharp would add 20 MB of native libraries.
  image: { service: passthroughImageService() },
  integrations: [
    starlight({
      title: "ThingSpace Callbacks",
      description:
        "Client, listener, mock and reference of the Verizon ThingSpace callback APIs. Unofficial.",
      customCss: ["./src/styles/site.css", "./src/styles/print.css"],
      components: {
        EditLink: "./src/components/PageLinks.astro",
        Sidebar: "./src/components/Sidebar.astro",
        MobileTableOfContents: "./src/components/MobileTableOfContents.astro",
        TableOfContents: "./src/components/TableOfContents.astro",
      },
      lastUpdated: hasHistory(),
      ...(project.source && {
        editLink: { baseUrl: `${project.source}/edit/main/apps/docs/` },
        social: [{ icon: "github", label: "Source", href: project.source }],
      }),
      expressiveCode: {
        // A long line wraps, so that no command is cut. A command is one line too short for the frame of a window.
        defaultProps: { wrap: true, preserveIndent: true, overridesByLang: { sh: { frame: "none" } } },
      },
      // The favicon in SVG is Starlight's default.
      head: [
        {
          tag: "link",
          attrs: { rel: "icon", type: "image/png", sizes: "48x48", href: `${root}favicon.png` },
        },
        { tag: "link", attrs: { rel: "apple-touch-icon", href: `${root}apple-touch-icon.png` } },
        {
          tag: "link",
          attrs: {
            rel: "alternate",
            type: "application/rss+xml",
            title: "API changelog",
            href: root + feedFile,
          },
        },
      ],
      sidebar: [
        { label: "Quick start", slug: "quick-start" },
        { label: "Guides", items: [{ autogenerate: { directory: "guides" } }] },
        { label: "Reference", items: [{ label: "Overview", slug: "reference" }, ...documents, ...workflows] },
        {
          label: "Packages",
          items: apiPages.map(({ label, pages }) => ({
            label,
            collapsed: true,
            items: pages.map((page) => ({ label: page.label, slug: `api/${page.path}` })),
          })),
        },
        { label: "Assumptions and gaps", slug: "departures" },
        { label: "Changelog", slug: "changelog" },
        { label: "Support and security", slug: "support" },
      ],
    }),
  ],
});
