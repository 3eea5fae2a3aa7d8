/** Leads from a thing to the talk about it, and from a message to what it speaks of. */
import type { SurfaceName } from "../../shared/awareness.ts";
import type { Cancel } from "../../shared/clock.ts";
import type { AboutItem, AboutPassage, Anchor } from "../../shared/surfaces/about.ts";
import type { WeftBoard } from "../board/board.ts";
import type { WeftChat } from "../chat/chat.ts";
import type { WeftEditor } from "../text/editor.ts";
import { loadSurface } from "./room/surfaces.ts";

/** What `weft-talk` carries: what somebody wants to talk about. */
type TalkAsked = CustomEvent<{ readonly anchor: Anchor }>;
/** What `weft-show-passage` carries. */
type PassageAsked = CustomEvent<{ readonly passage: AboutPassage }>;

/** What `weft-show-item` carries. */
type ItemAsked = CustomEvent<{ readonly item: AboutItem }>;

/** A surface that was never shown is drawn a few frames after it was fetched. */
const framesMax = 120;

/**
 * Listens on the whole page, because photos are seen large above the room. `go` shows a surface of
 * the room.
 */
export function followTalk(room: HTMLElement, go: (surface: SurfaceName) => void): Cancel {
	const onTalk = (event: Event): void => {
		const { anchor } = (event as TalkAsked).detail;
		go("chat");
		withSurface<WeftChat>(room, "chat", (chat) => chat.talkAbout(anchor));
	};
	const onPassage = (event: Event): void => {
		const { passage } = (event as PassageAsked).detail;
		go("document");
		withSurface<WeftEditor>(room, "document", (text) => text.showPassage(passage));
	};
	const onItem = (event: Event): void => {
		const { item } = (event as ItemAsked).detail;
		go("board");
		withSurface<WeftBoard>(room, "board", (board) => board.showItem(item));
	};
	const listening = new AbortController();
	const { signal } = listening;
	document.addEventListener("weft-talk", onTalk, { signal });
	document.addEventListener("weft-show-passage", onPassage, { signal });
	document.addEventListener("weft-show-item", onItem, { signal });
	return () => listening.abort();
}

/** Where its code does not come, its pane says so. */
function withSurface<Surface extends LitSurface>(
	room: HTMLElement,
	name: "chat" | "document" | "board",
	run: (surface: Surface) => unknown,
): void {
	find<Surface>(room, name)
		.then((surface) => surface && run(surface))
		.catch((error: unknown) => console.info("What is talked about is not shown:", error));
}

/** The element of a surface, once it has drawn itself; null where it does not come. */
async function find<Surface extends LitSurface>(
	room: HTMLElement,
	name: "chat" | "document" | "board",
): Promise<Surface | null> {
	await loadSurface(name);
	const selector = { chat: "weft-chat", document: "weft-editor", board: "weft-board" }[name];
	for (let frame = 0; frame < framesMax; frame++) {
		const surface = room.querySelector<Surface>(selector);
		if (surface?.hasUpdated) return surface;
		await new Promise(requestAnimationFrame);
	}
	return null;
}

type LitSurface = HTMLElement & { readonly hasUpdated: boolean };
