import { type Api, generations } from "./generated/facts.ts";

const [first] = Object.keys(generations) as [Api, ...Api[]];

/** The generation that a command uses when none is named: the first one of the documents. */
export const defaultApi: Api = first;

/** The account in examples: that of the documents, which a mock accepts. */
export const { exampleAccount } = generations[defaultApi];
