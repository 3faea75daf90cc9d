import { defineCollection } from "astro:content";
import { docsLoader } from "@astrojs/starlight/loaders";
import { docsSchema } from "@astrojs/starlight/schema";
import { generatedPages } from "./generated-pages.ts";
import { referencePages } from "./reference/pages.ts";

const guides = docsLoader();

export const collections = {
  docs: defineCollection({
    loader: {
      name: "guides and generated pages",
      async load(context) {
        await guides.load(context);
        await generatedPages(context);
      },
    },
    schema: docsSchema(),
  }),
  reference: defineCollection({ loader: { name: "reference", load: referencePages } }),
};
