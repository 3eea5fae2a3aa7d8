/** Where the app lives: every address is made here, so that a sub-path is one fact in one place. */
import type { SurfaceName } from "../../shared/awareness.ts";
import { cleanBase } from "../../shared/base-path.ts";
import type { RoomName } from "../../shared/ids.ts";

/**
 * The path under which the app is served, with a slash at both ends. A server below another path
 * than `/` says it in `<meta name="weft-base" content="/weft/">`; else it is what the app was built
 * for.
 */
export function appBase(): string {
	const meta = globalThis.document?.querySelector<HTMLMetaElement>('meta[name="weft-base"]');
	return cleanBase(meta?.content || import.meta.env.BASE_URL || "/");
}

/** The address of a page or an API route of this app: `appUrl("/api/me")`. */
export function appUrl(path: string): string {
	return appBase() + path.replace(/^\/+/, "");
}

/**
 * The token that a page around this frame gave it (`web/embed`), behind the sign that no server is
 * told; null for a page in no frame. Frames have no cookies of ours on other people's pages.
 */
export function visitToken(): string | null {
	if (globalThis.top === globalThis.self) return null;
	// Letters that stand for themselves in an address: RFC 7515, section 2.
	return /#token=([\w.-]+)/.exec(location.hash)?.[1] ?? null;
}

/** The parameters of a socket's address: by whose token one is here. */
export function visitParams(): Record<string, string> {
	const token = visitToken();
	return token === null ? {} : { token };
}

/** The address of a route of the API. */
export function apiUrl(path: string): string {
	const token = visitToken();
	return appUrl(path) + (token === null ? "" : `${path.includes("?") ? "&" : "?"}token=${token}`);
}

/** True for the address of a board without the rest of its room. */
export function isBoardAlone(search: string): boolean {
	return new URLSearchParams(search).get("only") === "board";
}

/** What an address needs to know of where the page is. */
interface Place {
	readonly protocol: string;
	readonly host: string;
}

/** The address of the sync endpoint, without the room. */
export function syncUrl(place: Place): string {
	return socketUrl(place, "/sync");
}

/** The address of a WebSocket of this app: `socketUrl(location, "/echo")`. */
export function socketUrl({ protocol, host }: Place, path: string): string {
	return `${protocol === "https:" ? "wss:" : "ws:"}//${host}${appUrl(path)}`;
}

/** The query of an address by which one only looks. */
export const viewQuery = "?view";

/** True for the address of who only looks. */
export function isViewAddress(search: string): boolean {
	return new URLSearchParams(search).has("view");
}

/** A room's name as one segment of a path. */
export function roomSegment(room: RoomName): string {
	return encodeURIComponent(room);
}

/** The path of a room's page below the base. */
export function roomPath(room: RoomName, surface: SurfaceName | null = null): string {
	return `r/${roomSegment(room)}${surface === null ? "" : `/${surface}`}`;
}
