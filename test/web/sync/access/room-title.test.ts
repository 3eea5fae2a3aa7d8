import { expect, test } from "vitest";
import * as Y from "yjs";
import type { RoomName } from "../../../../shared/ids.ts";
import { roomTitle } from "../../../../web/sync/access/room-title.ts";

function titled(room: string, title = ""): string {
	const doc = new Y.Doc();
	doc.getMap("meta").set("title", title);
	return roomTitle({ doc, room: room as RoomName });
}

test("a room is called by its title, else by the name that somebody chose", () => {
	expect(titled("garden", "Summer party")).toBe("Summer party");
	expect(titled("garden")).toBe("garden");
});

test("a name that lets in whoever reads it is never told", () => {
	expect(titled("OgiAc2zKbTx0O3usdyTiqg", "Summer party")).toBe("Summer party");
	expect(titled("OgiAc2zKbTx0O3usdyTiqg")).toBe("Untitled room");
	expect(titled("~OgiAc2zKbTx0O3usdyTiqg")).toBe("Untitled room");
});
