/** Where people of a run for real ask who they are: the server's API. */
import { isFailureCode, WeftError } from "../../../shared/errors.ts";
import type { RoomName, UserId } from "../../../shared/ids.ts";
import type { Knocked, RoomAccess } from "../../../shared/room-access.ts";
import { becomeGuest } from "../systems/weft.ts";
import { type Access, type Decision, type Known, type Office, password } from "./office.ts";

/** A server that stands still for so long does not answer. */
const answerMsMax = 15_000;

/** What is asked, and by whom. */
interface Asked {
	readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
	readonly path: string;
	readonly cookie?: string;
	readonly body?: unknown;
}

/** See the head of this file. */
export class HttpOffice implements Office {
	readonly #origin: () => string | null;

	/** `origin` is where the server listens now; null where it does not. */
	constructor(origin: () => string | null) {
		this.#origin = origin;
	}

	async meet(name: string): Promise<Known> {
		const { id, headers } = await becomeGuest(this.#where(), name);
		return { id: id as UserId, cookie: headers["cookie"] ?? "" };
	}

	async makeAccount(name: string): Promise<void> {
		try {
			await this.#ask({ method: "POST", path: "/api/accounts", body: { name, password } });
		} catch (error) {
			// An earlier try that nobody heard of made it.
			if (!(error instanceof WeftError) || error.code !== "name_taken") throw error;
		}
	}

	async signIn(name: string, before: string): Promise<Known> {
		const body = { name, password };
		const answer = await this.#ask({ method: "POST", path: "/api/login", cookie: before, body });
		const { id } = (await answer.json()) as { id: UserId };
		const lines = answer.headers.getSetCookie().map((line) => line.split(";")[0] ?? "");
		return { id, cookie: lines.find((line) => line.startsWith("weft_login=")) ?? "" };
	}

	async signOut(cookie: string): Promise<void> {
		await this.#ask({ method: "DELETE", path: "/api/login?everywhere", cookie });
	}

	async decide(cookie: string, room: RoomName, decision: Decision): Promise<Access> {
		const path = `/api/rooms/${encodeURIComponent(room)}`;
		await this.#ask({ ...requestFor(decision), cookie, path: path + requestFor(decision).path });
		const answer = await this.#ask({ method: "GET", path: `${path}/access`, cookie });
		const { managed, entry, presenter, isTalkOpen, binnedAtMs } =
			(await answer.json()) as RoomAccess;
		if (managed === null) throw new WeftError("not_allowed");
		const { owner, members, links, least } = managed;
		return { owner, entry, members, links, least, presenter, isTalkOpen, binnedAtMs };
	}

	async knock(cookie: string, room: RoomName): Promise<Knocked> {
		const path = `/api/rooms/${encodeURIComponent(room)}/knock`;
		return (await (await this.#ask({ method: "POST", path, cookie })).json()) as Knocked;
	}

	async purge(cookie: string, room: RoomName): Promise<void> {
		const path = `/api/rooms/${encodeURIComponent(room)}/purge`;
		await this.#ask({ method: "POST", path, cookie });
	}

	#where(): string {
		const origin = this.#origin();
		if (origin === null) throw new Error("nobody answers");
		return origin;
	}

	async #ask({ method, path, cookie = "", body }: Asked): Promise<Response> {
		const answer = await fetch(this.#where() + path, {
			method,
			headers: { cookie, "content-type": "application/json" },
			signal: AbortSignal.timeout(answerMsMax),
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		if (answer.ok) return answer;
		const said = (await answer.json()) as { error?: { code?: unknown } };
		const code = said.error?.code;
		throw isFailureCode(code) ? new WeftError(code) : new Error(`${answer.status}`);
	}
}

function requestFor(decision: Decision): Asked {
	switch (decision.kind) {
		case "entry":
			return { method: "PATCH", path: "/access", body: { entry: decision.entry } };
		case "least": {
			const least = { [decision.surface]: decision.role };
			return { method: "PATCH", path: "/access", body: { least } };
		}
		case "present": {
			const { id: presenter, isTalkOpen } = decision;
			return { method: "PATCH", path: "/access", body: { presenter, isTalkOpen } };
		}
		case "member":
			return { method: "PUT", path: `/members/${decision.id}`, body: decision.change };
		case "forget":
			return { method: "DELETE", path: `/members/${decision.id}` };
		case "link":
			return {
				method: "POST",
				path: "/links",
				body: { role: decision.role, expiresAtMs: null },
			};
		case "revoke":
			return { method: "DELETE", path: `/links/${decision.id}` };
		case "bin":
			return { method: "POST", path: decision.isBinned ? "/bin" : "/restore" };
	}
}
