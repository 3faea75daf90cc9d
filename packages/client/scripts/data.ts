import { getSuccess, type Operation, type Schema } from "@thingspace-callbacks/contract";

/** Returns the schema of an operation's data; undefined for an operation that answers without a body. */
export const getDataSchema = (operation: Operation): Schema | undefined =>
  getSuccess(operation).response.body?.schema;
