import { describe, expect, test } from "vitest";
import {
	type Act,
	acts,
	can,
	parseRole,
	type Role,
	rightsIn,
	rightsOf,
	roles,
	writesAnything,
} from "../../shared/roles.ts";

/** The whole table, written by hand. */
const table: Readonly<Record<Role, readonly Act[]>> = {
	viewer: [],
	commenter: ["chat"],
	editor: ["document", "board", "chat", "photos", "captions", "hide", "title"],
	owner: [
		...["document", "board", "chat", "photos", "captions", "hide", "title"],
		...["moderate", "manage"],
	] as Act[],
};

const allowed = (role: Role, ...rest: [Parameters<typeof rightsOf>[1], string]) =>
	acts.filter((act) => rightsOf(role, ...rest)[act]);

describe("roles", () => {
	test.each(roles)("what a %s may do is the table's", (role) => {
		expect(acts.filter((act) => can(role, act))).toEqual(table[role]);
		expect(acts.filter((act) => rightsOf(role)[act])).toEqual(table[role]);
	});

	test("a surface that was narrowed is written by fewer, and no other is", () => {
		const rules = {
			least: { board: "owner", chat: "editor" },
			presenter: null,
			isTalkOpen: false,
		} as const;
		expect(allowed("commenter", rules, "g_ann")).toEqual([]);
		const editors = table.editor.filter((act) => act !== "board");
		expect(allowed("editor", rules, "g_ann")).toEqual(editors);
		expect(allowed("owner", rules, "g_ann")).toEqual(table.owner);
	});

	test("narrowing gives nobody more than their role does", () => {
		const rules = { least: { document: "viewer" }, presenter: null, isTalkOpen: false } as const;
		expect(allowed("viewer", rules, "g_ann")).toEqual([]);
	});

	test("while somebody presents everybody else reads, and who owns the room may end that", () => {
		const rules = { least: {}, presenter: "g_ann", isTalkOpen: false } as const;
		expect(allowed("editor", rules, "g_ann")).toEqual(table.editor);
		expect(allowed("editor", rules, "g_ben")).toEqual([]);
		expect(allowed("owner", rules, "g_ben")).toEqual(["manage"]);
	});

	test("where the others may talk meanwhile, those talk who may at other times", () => {
		const rules = { least: {}, presenter: "g_ann", isTalkOpen: true } as const;
		expect(allowed("editor", rules, "g_ben")).toEqual(["chat"]);
		expect(allowed("commenter", rules, "g_ben")).toEqual(["chat"]);
		expect(allowed("viewer", rules, "g_ben")).toEqual([]);
		expect(allowed("owner", rules, "g_ben")).toEqual(["chat", "manage"]);
		const owners = { ...rules, least: { chat: "owner" } } as const;
		expect(allowed("editor", owners, "g_ben")).toEqual([]);
		expect(allowed("editor", { ...rules, presenter: null }, "g_ben")).toEqual(table.editor);
		expect(rightsIn("open", rightsOf("editor", rules, "g_ben"))).toEqual(rightsOf("viewer"));
	});

	test("an open room has one right to write, that of its document", () => {
		for (const role of roles) {
			expect(rightsIn("guarded", rightsOf(role))).toBe(rightsOf(role));
			const isWriter = role === "editor" || role === "owner";
			const { chat, photos, title, manage } = rightsIn("open", rightsOf(role));
			expect([chat, photos, title]).toEqual([isWriter, isWriter, isWriter]);
			expect(manage).toBe(role === "owner");
		}
		const muted = { ...rightsOf("editor"), chat: false };
		expect(rightsIn("open", muted)).toEqual(rightsOf("editor"));
	});

	test("who may write anything is no reader", () => {
		expect(roles.map((role) => writesAnything(rightsOf(role)))).toEqual([false, true, true, true]);
	});

	test("a word that is no role is none", () => {
		expect(roles.map(parseRole)).toEqual(roles);
		expect(["", "admin", "Owner", "__proto__"].map(parseRole)).toEqual([null, null, null, null]);
	});
});
