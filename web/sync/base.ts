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
