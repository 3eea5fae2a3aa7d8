import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Easel } from "../../../../web/board/easel.ts";
import { followKeys } from "../../../../web/board/tools/keyboard.ts";
import { InTurn } from "../../../../web/board/tools/later-tool.ts";

/** A key as browsers tell of it, for a page that there is none of. */
class KeyPress extends Event {
	readonly key: string;

	constructor(type: "keydown" | "keyup", key: string) {
		super(type, { cancelable: true });
		this.key = key;
	}
}

let page: EventTarget;
let isHand: boolean;
let listening: AbortController;

beforeEach(() => {
	page = new EventTarget();
	isHand = false;
	listening = new AbortController();
	vi.stubGlobal("window", page);
	vi.stubGlobal("KeyboardEvent", KeyPress);
	vi.stubGlobal("Element", class {});
	const writing = { arriving: null, here: null };
	const holdSpace = (isHeld: boolean) => {
		isHand = isHeld;
	};
	const turn = new InTurn(() => null);
	const easel = { tools: { writing, turn, holdSpace } } as unknown as Easel;
	const nothing = () => undefined;
	followKeys(
		{
			client: undefined as never,
			easel: () => easel,
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

test("the space bar makes a hand while it is held", () => {
	page.dispatchEvent(new KeyPress("keydown", " "));
	expect(isHand).toBe(true);
	page.dispatchEvent(new KeyPress("keyup", "x"));
	expect(isHand).toBe(true);
	page.dispatchEvent(new KeyPress("keyup", " "));
	expect(isHand).toBe(false);
});

test("who goes to another window with the space bar held comes back with the tool they had", () => {
	page.dispatchEvent(new KeyPress("keydown", " "));
	page.dispatchEvent(new Event("blur"));
	expect(isHand).toBe(false);
});
