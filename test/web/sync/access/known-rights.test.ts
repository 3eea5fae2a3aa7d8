import { expect, test } from "vitest";
import { plainRules, rightsOf } from "../../../../shared/roles.ts";
import { forgetRights, KnownRights } from "../../../../web/sync/access/known-rights.ts";
import { setKeeping } from "../../../../web/sync/device/keeping.ts";

const viewer = { role: "viewer", rights: rightsOf("viewer") } as const;

function device() {
	const values = new Map<string, string>();
	const memory = {
		getItem: (key: string) => values.get(key) ?? null,
		setItem: (key: string, value: string) => void values.set(key, value),
	};
	const open = (room = "garden", userId = "g_ann") => {
		const rights = new KnownRights({ memory, userId, room });
		const heard: string[] = [];
		rights.onChange(() => heard.push(rights.role));
		return { rights, heard };
	};
	return { values, memory, open };
}

test("who was told nothing is an editor, as the server says nothing to those", () => {
	const { rights, heard } = device().open();
	rights.connectionBegan();
	rights.settle();
	expect([rights.role, rights.isPlain, rights.may("board")]).toEqual(["editor", true, true]);
	expect(heard).toEqual([]);
});

test("what was told holds, and each change is told once", () => {
	const { rights, heard } = device().open();
	rights.connectionBegan();
	rights.tell(viewer);
	rights.settle();
	rights.tell(viewer);
	expect([rights.may("chat"), rights.isPlain]).toEqual([false, false]);
	expect(heard).toEqual(["viewer"]);
});

test("it holds on the next visit and without a network, for that person in that room only", () => {
	const { open } = device();
	open().rights.tell(viewer);
	expect(open().rights.role).toBe("viewer");
	expect(open("meadow").rights.role).toBe("editor");
	expect(open("garden", "g_ben").rights.role).toBe("editor");
});

test("a narrowed surface and a presenter hold on the next visit too", () => {
	const { open } = device();
	const rules = { ...plainRules, least: { board: "owner" } } as const;
	open().rights.tell({ role: "editor", rights: rightsOf("editor", rules, "g_ann") });
	const { rights } = open();
	expect([rights.may("board"), rights.may("document"), rights.isPlain]).toEqual([
		false,
		true,
		false,
	]);
});

test("who is an editor again learns it by silence, once the server has said all", () => {
	const { open, values } = device();
	open().rights.tell(viewer);
	const { rights, heard } = open();
	rights.connectionBegan();
	expect(rights.may("document")).toBe(false);
	rights.settle();
	expect(rights.may("document")).toBe(true);
	expect(heard).toEqual(["editor"]);
	expect(values.get("weft:rights")).toBe("[]");
});

test("who only looks stays so, whatever is told", () => {
	const rights = new KnownRights(null);
	rights.tell({ role: "owner", rights: rightsOf("owner") });
	expect([rights.role, rights.may("title")]).toEqual(["viewer", false]);
});

test("what somebody else left under that name is no right", () => {
	const { open, values } = device();
	for (const left of ['[["g_ann","garden","king","manage"]]', '[["g_ann"],7,null]', "{", "{}"]) {
		values.set("weft:rights", left);
		expect(open().rights.role).toBe("editor");
	}
});

test("of rooms the last are remembered, and none on a device that keeps nothing", () => {
	const { open, values, memory } = device();
	for (let room = 0; room < 201; room++) open(`room-${room}`).rights.tell(viewer);
	expect(["room-0", "room-1"].map((room) => open(room).rights.role)).toEqual(["editor", "viewer"]);
	expect(values.size).toBe(1);
	forgetRights(memory, "room-1");
	expect(["room-1", "room-2"].map((room) => open(room).rights.role)).toEqual(["editor", "viewer"]);
	forgetRights(memory);
	expect(open("room-2").rights.role).toBe("editor");
	setKeeping(memory, false);
	open().rights.tell(viewer);
	expect(open().rights.role).toBe("editor");
});
