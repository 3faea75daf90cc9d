import { defineCollection } from "astro:content";
import { docsLoader } from "@astrojs/starlight/loaders";
import { docsSchema } from "@astrojs/starlight/schema";
import { generatedPages } from "./generated-pages.ts";

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
};
