import { expect, test } from "vitest";
import {
	type Choice,
	firstChoice,
	goTo,
	layoutOf,
	press,
	resize,
	sizeOf,
} from "../../../../web/pages/room/layout.ts";

const onBoard: Choice = { surface: "board", isChatOpen: false, isSplit: true };

test("a wide window opens with document and board side by side", () => {
	const choice = firstChoice({ size: "wide", asked: null, last: "photos", isSplit: true });
	expect(layoutOf("wide", choice)).toEqual({ panes: ["document", "board"], hasDivider: true });
});

test("a phone opens where one was last, else on the board", () => {
	const first = { size: "phone", asked: null, isSplit: true } as const;
	expect(layoutOf("phone", firstChoice({ ...first, last: "chat" })).panes).toEqual(["chat"]);
	expect(layoutOf("phone", firstChoice({ ...first, last: null })).panes).toEqual(["board"]);
});

test("what the address asks for comes before what was last", () => {
	const choice = firstChoice({ size: "phone", asked: "photos", last: "chat", isSplit: true });
	expect(choice.surface).toBe("photos");
});

test("the chat opens beside any surface, except on a phone, where it is one", () => {
	expect(layoutOf("middle", goTo("middle", onBoard, "chat")).panes).toEqual(["board", "chat"]);
	expect(layoutOf("wide", goTo("wide", onBoard, "chat")).panes).toEqual([
		"document",
		"board",
		"chat",
	]);
	expect(layoutOf("phone", goTo("phone", onBoard, "chat")).panes).toEqual(["chat"]);
});

test("the photos take the place of both, and without the split each stands alone", () => {
	expect(layoutOf("wide", goTo("wide", onBoard, "photos"))).toEqual({
		panes: ["photos"],
		hasDivider: false,
	});
	expect(layoutOf("wide", { ...onBoard, isSplit: false }).panes).toEqual(["board"]);
});

test("a window that grows from a phone's turns the chat from a tab into a panel", () => {
	const onChat: Choice = { ...onBoard, surface: "chat" };
	expect(layoutOf("middle", resize("middle", onChat)).panes).toEqual(["board", "chat"]);
	expect(resize("phone", onChat)).toEqual(onChat);
});

test("sizes begin and end where the design says", () => {
	expect([700, 701, 1_099, 1_100].map(sizeOf)).toEqual(["phone", "middle", "middle", "wide"]);
});

test("a tab of what stands beside another gives it the whole stage, other tabs do not", () => {
	const alone = press("wide", onBoard, "board");
	expect(layoutOf("wide", alone)).toEqual({ panes: ["board"], hasDivider: false });
	expect(layoutOf("wide", press("wide", onBoard, "document")).panes).toEqual(["document"]);
	const photos = press("wide", onBoard, "photos");
	expect(layoutOf("wide", press("wide", photos, "board")).hasDivider).toBe(true);
	expect(press("middle", onBoard, "board").isSplit).toBe(true);
});
