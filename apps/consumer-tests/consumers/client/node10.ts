import { createThingSpaceClient, type ThingSpaceClient } from "@thingspace-callbacks/client";
import { createThingSpaceClient as createWithHttp, type HttpClient } from "@thingspace-callbacks/client/http";

export const thingspace: ThingSpaceClient = createThingSpaceClient();
export const withHttp: HttpClient = createWithHttp();
