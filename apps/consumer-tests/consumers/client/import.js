import { createThingSpaceClient, isThingSpaceApiError, unwrap } from "@thingspace-callbacks/client";
import { program } from "./program.js";

export default (input) => program({ createThingSpaceClient, isThingSpaceApiError, unwrap }, input);
