import { expect, test } from "vitest";
import * as Y from "yjs";
import { RoomDoc } from "../../../../server/rooms/held/room-doc.ts";

test("a room's doc tells who listens of all that Yjs tells of, in the same order", () => {
	const told = (doc: Y.Doc) => {
		const names: string[] = [];
		const events = ["beforeTransaction", "afterTransaction", "update", "destroy"] as const;
		for (const event of events) doc.on(event, () => names.push(event));
		doc.getText("text").insert(0, "rose");
		doc.destroy();
		return names;
	};
	expect(told(new RoomDoc())).toEqual(told(new Y.Doc()));
	expect(told(new RoomDoc())).toContain("update");
});

test("and holds what any doc holds", () => {
	const ann = new Y.Doc();
	ann.getText("text").insert(0, "rose");
	const doc = new RoomDoc();
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(ann));
	expect(doc.getText("text").toString()).toBe("rose");
});
