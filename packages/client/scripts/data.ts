import { getSuccess, type Operation, type Schema } from "@thingspace-callbacks/contract";

/** Returns the schema of an operation's data; undefined for an operation whose response has no body. */
export const getDataSchema = (operation: Operation): Schema | undefined =>
  getSuccess(operation).response.body?.schema;
