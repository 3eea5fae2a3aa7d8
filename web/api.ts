/** The HTTP API as functions. Failures are `WeftError`, or `Unreachable` where nobody answered. */
import type { Person } from "../shared/awareness.ts";
import { isFailureCode, WeftError } from "../shared/errors.ts";
import type { RoomName } from "../shared/ids.ts";
import type { RoomSummary } from "../shared/room-access.ts";
import { apiUrl, roomSegment } from "./sync/base.ts";
import type { Myself } from "./sync/me.ts";

/** The server did not answer: it is down, or the network is. */
export class Unreachable extends Error {
	override readonly name = "Unreachable";
}

/** How long a tab waits for another that asks who we are. */
const turnMsMax = 2_000;

/**
 * Who we are; the server remembers us by a cookie from the first call on. Tabs ask one after
 * another: on a first visit each would else be made somebody new, and one's cookie would take the
 * place of the other's under an open room. `knownId` is who this device believes we are.
 */
export async function fetchMe(knownId: string): Promise<Myself> {
	const ask = async () => (await call("GET", "/api/me")) as Myself;
	const { locks } = navigator as Partial<Navigator>;
	if (locks === undefined) return askTwice(ask, knownId);
	try {
		return await locks.request("weft:me", { signal: AbortSignal.timeout(turnMsMax) }, ask);
	} catch (error) {
		// The other tab is stuck, or its answer is slow: then both were asked for.
		if (error instanceof DOMException) return askTwice(ask, knownId);
		throw error;
	}
}

/**
 * Only pages of this machine, or with TLS, have locks. Without them tabs of a first visit ask at
 * once; who asks again finds the cookie that was left, and so all become that one.
 */
async function askTwice(ask: () => Promise<Myself>, knownId: string): Promise<Myself> {
	const person = await ask();
	return person.id === knownId ? person : ask();
}

/** Changes our name or colour; everybody in our rooms sees it at once. */
export async function changeMe(change: Partial<Pick<Person, "name" | "color">>): Promise<Myself> {
	return (await call("PUT", "/api/me", change)) as Myself;
}

/**
 * The rooms of this server that we may see, newest change first. Where the server lists none, those
 * that we can name.
 */
export async function listRooms(visited: readonly RoomName[]): Promise<RoomSummary[]> {
	const query = new URLSearchParams(visited.map((name) => ["name", name]));
	const path = visited.length === 0 ? "/api/rooms" : `/api/rooms?${query}`;
	const { rooms } = (await call("GET", path)) as { rooms: RoomSummary[] };
	return rooms;
}

/** Where other devices find this server, likeliest first; none where they cannot. */
export async function fetchNetworkUrls(): Promise<string[]> {
	const { urls } = (await call("GET", "/api/network")) as { urls: string[] };
	return urls;
}

/**
 * Asks for another friendly name, as somebody here has ours. Who chose their name keeps it, and is
 * told so.
 */
export async function nameMeAnew(): Promise<Myself> {
	return (await call("PUT", "/api/me", { isNamesake: true })) as Myself;
}

/** The small picture of a photo in the list. */
export function thumbUrl(room: RoomName, blob: string): string {
	return apiUrl(`/api/rooms/${roomSegment(room)}/blobs/${blob}/thumb`);
}

/** A server that takes longer than this for a few lines of JSON is not there. */
const answerMsMax = 8_000;

/** Asks the API: `call("GET", "/api/me")`. Rejects as the head of this file says. */
export async function call(method: string, path: string, body?: unknown): Promise<unknown> {
	const init: RequestInit = { method, credentials: "same-origin" };
	if (body !== undefined) {
		init.body = JSON.stringify(body);
		init.headers = { "content-type": "application/json" };
	}
	const response = await reach(apiUrl(path), init);
	const answer: unknown = await response.json().catch(() => null);
	if (response.ok && answer !== null) return answer;
	throw failureOf(answer, response.status);
}

async function reach(url: string, init: RequestInit): Promise<Response> {
	try {
		return await fetch(url, { ...init, signal: AbortSignal.timeout(answerMsMax) });
	} catch (error) {
		throw new Unreachable("The server does not answer.", { cause: error });
	}
}

/** What the server says of a failure; the id where it is one of its own. */
interface Told {
	readonly code?: unknown;
	readonly id?: unknown;
}

function failureOf(answer: unknown, status: number): Error {
	const { code, id } = (answer as { error?: Told } | null)?.error ?? {};
	if (isFailureCode(code)) {
		return new WeftError(code, undefined, { id: typeof id === "string" ? id : null });
	}
	// A proxy in front of a server that is away answers for it.
	if (status >= 502 && status <= 504) return new Unreachable(`status ${status}`);
	return new WeftError("internal", `status ${status}`);
}
