import { type Credentials, createThingSpaceClient, unwrap } from "@thingspace-callbacks/client";

declare const account: string;
declare const url: string;
const accessToken = "any";
const sessionToken = "any";

// @ts-expect-error: there is no such environment.
createThingSpaceClient({ environment: "staging" });
// @ts-expect-error: an option is misspelt.
createThingSpaceClient({ orgin: "http://127.0.0.1:4010" });
// @ts-expect-error: a credential is misspelt.
createThingSpaceClient({ credentials: { acessToken: accessToken, sessionToken } });
// @ts-expect-error: a token is not a string.
createThingSpaceClient({ credentials: { accessToken: 1, sessionToken } });
// @ts-expect-error: there is no way to a session token.
export const half: Credentials = { accessToken };

const { v1, v2 } = createThingSpaceClient();
// @ts-expect-error: there is no such operation.
v2.registerCallbacks;
// @ts-expect-error: the account is missing.
v2.listRegisteredCallbacks();
// @ts-expect-error: the account is not a string.
v2.listRegisteredCallbacks(1);
// @ts-expect-error: the body is missing.
v2.registerCallback(account);
// @ts-expect-error: the body has no url.
v2.registerCallback(account, {});
// @ts-expect-error: a field of the body is misspelt.
v2.registerCallback(account, { url, urll: url });
// @ts-expect-error: the url is not a string.
v2.registerCallback(account, { url: undefined });
// @ts-expect-error: there is no such option of a call.
v2.deregisterCallback(account, { sginal: AbortSignal.timeout(1000) });

const listed = await v1.listRegisteredCallbacks(account);
// @ts-expect-error: whether there is data is not known yet.
listed.data.length;
// @ts-expect-error: the list has no such field.
unwrap(listed)[0]?.address;
// @ts-expect-error: the url may be missing.
unwrap(listed)[0]?.url satisfies string;
// @ts-expect-error: the gateway's error has another shape.
if (listed.status === 401) listed.error.errorCode;
// @ts-expect-error: what an undocumented status brings is unknown.
if (listed.status === 503) listed.error.errorCode;
// @ts-expect-error: a promise is not a result.
unwrap(v1.listRegisteredCallbacks(account));
