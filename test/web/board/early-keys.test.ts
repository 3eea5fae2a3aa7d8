import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followKeysSoon } from "../../../web/board/early-keys.ts";
import type { Easel } from "../../../web/board/easel.ts";
import { InTurn } from "../../../web/board/tools/later-tool.ts";
import type { RoomClient } from "../../../web/sync/room-client.ts";

/** A key as browsers tell of it, for a page that there is none of. */
class KeyPress extends Event {
	readonly key: string;
	readonly shiftKey = false;
	readonly ctrlKey = false;
	readonly metaKey = false;
	readonly altKey = false;

	constructor(key: string) {
		super("keydown", { cancelable: true });
		this.key = key;
	}
}

let page: EventTarget;
let took: string[];
let listening: AbortController;

beforeEach(() => {
	page = new EventTarget();
	took = [];
	listening = new AbortController();
	vi.stubGlobal("window", page);
	vi.stubGlobal("KeyboardEvent", KeyPress);
	vi.stubGlobal("Element", class {});
	vi.stubGlobal("requestIdleCallback", () => 0);
	const tools = {
		writing: { arriving: null, here: null },
		turn: new InTurn(() => null),
		arriving: null,
		take: (tool: string) => took.push(tool),
	};
	const client = { ready: Promise.resolve(), status: { phase: "saved" }, may: () => true };
	const nothing = () => undefined;
	followKeysSoon(
		{
			client: { ...client, on: () => nothing } as unknown as RoomClient,
			easel: () => ({ tools }) as unknown as Easel,
			isMeant: () => true,
			addPhoto: nothing,
			talk: nothing,
			who: nothing,
			grid: nothing,
			closePanel: () => false,
		},
		listening.signal,
	);
});

afterEach(() => {
	listening.abort();
	vi.unstubAllGlobals();
});

test("keys that are pressed before their code is here are done then, in their order", async () => {
	for (const key of ["h", "v", " "]) page.dispatchEvent(new KeyPress(key));
	expect(took).toEqual([]);
	await vi.waitFor(() => expect(took).toEqual(["hand", "select"]));
	page.dispatchEvent(new KeyPress("e"));
	expect(took).toEqual(["hand", "select", "eraser"]);
});

test("who leaves the board at once is followed by no key", async () => {
	page.dispatchEvent(new KeyPress("h"));
	listening.abort();
	await import("../../../web/board/tools/keyboard.ts");
	await new Promise(setImmediate);
	page.dispatchEvent(new KeyPress("v"));
	expect(took).toEqual([]);
});
