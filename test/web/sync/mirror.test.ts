import { expect, test } from "vitest";
import * as Y from "yjs";
import { mirrorOf } from "../../../web/sync/mirror.ts";

test("a mirror shows what happens in a doc, and gives nothing back", () => {
	const source = new Y.Doc();
	const mirror = mirrorOf(source);
	source.getText("text").insert(0, "rose ");
	expect(mirror.getText("text").toString()).toBe("rose ");
	const before = Y.encodeStateAsUpdate(source);
	mirror.getText("text").insert(0, "thorn ");
	expect(Y.encodeStateAsUpdate(source)).toEqual(before);
	source.getText("text").insert(5, "lily");
	expect(mirror.getText("text").toString()).toContain("rose lily");
});
