import { createThingSpaceClient } from "@thingspace-callbacks/client";
import { program } from "./program.js";

export default (input) => program({ createThingSpaceClient }, input);
