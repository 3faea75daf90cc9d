import {
  isThingSpaceCredentialsError,
  isThingSpaceNetworkError,
  type ThingSpaceClient,
} from "@thingspace-callbacks/client";

export async function register(thingspace: ThingSpaceClient, account: string, url: string): Promise<void> {
  try {
    const result = await thingspace.v2.registerCallback(account, { url });
    if (result.ok) console.log("registered", result.data.url);
    else if (result.status === 400) console.error(result.error.errorCode, result.error.errorMessage);
    else console.error("rejected with status", result.status, result.text);
  } catch (error) {
    if (isThingSpaceCredentialsError(error))
      console.error("stop and correct the credentials:", error.message);
    else if (isThingSpaceNetworkError(error)) console.error("no response after", error.attempts, "attempts");
    else throw error;
  }
}
