import type { HttpBindings } from '@hono/node-server';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Credential, Principal } from '../auth/access.ts';

/** What every handler finds in its context. */
export interface HttpEnv {
	/** Node's own request and answer. Absent when a test asks the app without a socket. */
	Bindings: Partial<HttpBindings>;
	Variables: {
		/** Of this request, in the log and in the header `X-Request-Id`. */
		requestId: string;
	};
}

/** The same, behind `requires.deed`. */
export interface AuthorisedEnv {
	Bindings: HttpEnv['Bindings'];
	Variables: HttpEnv['Variables'] & { principal: Principal };
}

/** Behind `requires.somebody` and `requires.admin`. */
export interface IdentifiedEnv {
	Bindings: HttpEnv['Bindings'];
	Variables: HttpEnv['Variables'] & { credential: Credential };
}

export type App = OpenAPIHono<HttpEnv>;
