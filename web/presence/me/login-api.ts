/** Signing in and out over the HTTP API. Failures are those of `api.ts`. */
import { call } from "../../api.ts";
import type { Myself } from "../../sync/me.ts";

/** Who may come in, and who may make an account of their own. */
export interface LoginRules {
	readonly hasGuests: boolean;
	/** False where nobody could sign in. */
	readonly hasAccounts: boolean;
	readonly signUp: "off" | "invite" | "open";
}

/** What this server lets people do. */
export async function fetchLoginRules(): Promise<LoginRules> {
	return (await call("GET", "/api/login")) as LoginRules;
}

/** A name and a password; `invitation` where an account is to be made by one. */
export interface LoginForm {
	readonly name: string;
	readonly password: string;
	readonly invitation?: string;
}

/** Signs in; this browser is that person from then on. */
export async function signIn(form: LoginForm): Promise<Myself> {
	return (await call("POST", "/api/login", form)) as Myself;
}

/** Makes an account and signs in. */
export async function signUp(form: LoginForm): Promise<Myself> {
	return (await call("POST", "/api/accounts", form)) as Myself;
}

/** Takes another password; all other devices are signed out. */
export async function changePassword(password: string, next: string): Promise<Myself> {
	return (await call("PUT", "/api/login", { password, next })) as Myself;
}

/** Ends this browser's login, or all logins of this person. */
export async function signOut({ everywhere }: { readonly everywhere: boolean }): Promise<void> {
	await call("DELETE", everywhere ? "/api/login?everywhere" : "/api/login");
}
