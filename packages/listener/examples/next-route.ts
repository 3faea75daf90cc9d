// Next.js, app router: app/callbacks/route.ts.
import { listener } from "./messages.ts";

export const runtime = "nodejs";
export const POST = listener;
