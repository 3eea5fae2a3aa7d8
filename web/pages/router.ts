/** Addresses of the app: what each shows, and how to go from one to another. */
import { type SurfaceName, surfaceNames } from "../../shared/awareness.ts";
import { parseRoomSegment, type RoomName } from "../../shared/ids.ts";
import { isViewAddress, roomPath, viewQuery } from "../sync/base.ts";

/** What an address shows. */
export type Route =
	| { readonly page: "home" }
	/** What this device keeps; how its connection does; what who runs the server sees. */
	| { readonly page: Single }
	/** A room; without a surface it opens where it likes. */
	| { readonly page: "room"; readonly room: RoomName; readonly surface: SurfaceName | null }
	/** An address of old, or a careless one: the same thing lives at `to`, below the base. */
	| { readonly page: "redirect"; readonly to: string }
	| { readonly page: "badName"; readonly text: string }
	| { readonly page: "unknown" };

/** The address of no page, but of a room that is not there yet. */
const newRoom = "new";

/** Pages that are one word. */
const singles = [newRoom, "device", "connection", "admin"] as const;
type Single = (typeof singles)[number];

/** The short addresses that lead into a surface. */
const shortcuts: Readonly<Record<string, SurfaceName>> = {
	document: "document",
	drawing: "board",
	chat: "chat",
	photos: "photos",
};

/** What stands at an address. `path` is still percent-encoded; `base` has a slash at both ends. */
export function parseRoute(path: string, base: string): Route {
	if (!`${path}/`.startsWith(base)) return { page: "unknown" };
	const segments = path.slice(base.length).split("/");
	while (segments.at(-1) === "") segments.pop();
	const [first, second, third] = segments;
	if (first === undefined) return { page: "home" };
	const single = singles.find((name) => name === first);
	if (single !== undefined && segments.length === 1) return { page: single };
	if (first === "r" && second !== undefined && segments.length <= 3) {
		return roomRoute(second, third ?? null);
	}
	const surface = Object.hasOwn(shortcuts, first) ? shortcuts[first] : undefined;
	if (surface === undefined || second === undefined || segments.length > 2) {
		return { page: "unknown" };
	}
	const room = parseRoomSegment(second);
	if (room === null) return { page: "badName", text: readable(second) };
	return { page: "redirect", to: roomPath(room, surface) };
}

function roomRoute(segment: string, surfaceSegment: string | null): Route {
	const room = parseRoomSegment(segment);
	if (room === null) return { page: "badName", text: readable(segment) };
	const surface = surfaceNames.find((name) => name === surfaceSegment) ?? null;
	if (surfaceSegment !== null && surface === null) return { page: "redirect", to: roomPath(room) };
	return { page: "room", room, surface };
}

function readable(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment; // Not UTF-8: shown as it came.
	}
}

/** Follows the address bar, links and our own steps. */
export class Router {
	readonly #base: string;
	readonly #show: (route: Route) => void;
	readonly #makeRoom: () => string;
	readonly #listening = new AbortController();

	/** `makeRoom` gives the path of a new room, which takes the place of `new` in the address. */
	constructor(base: string, show: (route: Route) => void, makeRoom: () => string) {
		this.#base = base;
		this.#show = show;
		this.#makeRoom = makeRoom;
		const { signal } = this.#listening;
		addEventListener("popstate", () => this.#open(), { signal });
		document.addEventListener("click", (event) => this.#followLink(event), { signal });
	}

	/** Shows what the address bar says. */
	start(): void {
		this.#open();
	}

	/** Goes to a path below the base. */
	go(path: string): void {
		// At once, not by way of an address that is then replaced: each costs the browser some time.
		history.pushState(null, "", this.#base + (path === newRoom ? this.#makeRoom() : path));
		this.#open();
	}

	/** Puts a better address in the bar and shows what stands there; the old one is forgotten. */
	replace(path: string): void {
		history.replaceState(null, "", this.#base + path);
		this.#open();
	}

	/** Writes an address into the bar without showing anything else. Who only looks goes on so. */
	note(path: string): void {
		history.replaceState(null, "", this.#base + path + this.#query);
	}

	/** Stops following. */
	close(): void {
		this.#listening.abort();
	}

	/** What of the query goes from one address of a room to the next. */
	get #query(): string {
		return isViewAddress(location.search) ? viewQuery : "";
	}

	#open(): void {
		const route = parseRoute(location.pathname, this.#base);
		if (route.page === newRoom) this.replace(this.#makeRoom());
		else if (route.page === "redirect") this.replace(route.to + this.#query);
		else this.#show(route);
	}

	#followLink(event: MouseEvent): void {
		if (event.defaultPrevented || event.button !== 0 || isForAnotherTab(event)) return;
		const link = event.target instanceof Element ? event.target.closest("a") : null;
		if (link === null || link.target !== "" || link.hasAttribute("download")) return;
		if (link.origin !== location.origin || !link.pathname.startsWith(this.#base)) return;
		if (link.pathname.startsWith(`${this.#base}api/`)) return;
		if (parseRoute(link.pathname, this.#base).page === "unknown") return;
		event.preventDefault();
		this.go(link.pathname.slice(this.#base.length));
	}
}

function isForAnotherTab(event: MouseEvent): boolean {
	return event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
}
