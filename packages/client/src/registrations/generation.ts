import type { CallOptions } from "../call/call-options.ts";
import type { Operations } from "../generated/operations.ts";
import type { Failure, Success } from "../result/result.ts";

/** A generation of the API as registrations use it. scripts/registrations.ts writes one for each. */
export interface GenerationDescription {
  /** Name of the registration that the generation uses. Generations with the same name share one per account. */
  registration: string;
  /** True if the service sends a username and password along, which are registered with the URL. */
  takesLogin: boolean;
  list(operations: Operations, account: string, options: Options): Promise<CallResult<Listed | Listed[]>>;
  register(
    operations: Operations,
    account: string,
    body: RegistrationBody,
    options: Options,
  ): Promise<CallResult>;
  deregister(operations: Operations, account: string, options: Options): Promise<CallResult>;
}

/** The body with which a registration is made. */
export interface RegistrationBody {
  url: string;
  username?: string;
  password?: string;
}

/** An item of a list of registrations. */
export interface Listed {
  aname?: string;
  name?: string;
  url?: string;
}

type Options = CallOptions | undefined;
type CallResult<Data = unknown> = Success<Data> | Failure<number, unknown>;
