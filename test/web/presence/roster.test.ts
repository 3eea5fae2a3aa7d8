import { expect, test } from "vitest";
import type { PresenceState } from "../../../shared/awareness.ts";
import { personColors } from "../../../shared/person-colors.ts";
import { rosterOf, type Tab, tabOf } from "../../../web/presence/roster.ts";
import { initialsOf, inkOn } from "../../../web/ui/colors/face.ts";

let clientIds = 0;

function at(id: string, name: string, state: PresenceState = {}): Tab {
	const user = { id, name, color: "#1d63c9" };
	return { clientId: ++clientIds, state: { user, ...state } };
}

test("a person with three tabs is one face, where they are active", () => {
	const roster = rosterOf(
		[
			at("g_ben", "Ben", { surface: "chat", idle: true }),
			at("g_ben", "Ben", { surface: "board" }),
			at("g_ben", "Ben", { surface: "photos", idle: true }),
		],
		"g_ann",
	);
	expect(roster).toEqual([
		{
			person: { id: "g_ben", name: "Ben", color: "#1d63c9" },
			role: "editor",
			surface: "board",
			isIdle: false,
			hand: null,
			isFollower: false,
		},
	]);
});

test("the server says what somebody is; a role that this app does not know lets look", () => {
	const color = "#1d63c9";
	const stamped = (role: string) => at(role, role, { user: { id: role, name: role, color, role } });
	const tabs = ["commenter", "owner", "sculptor"].map(stamped);
	expect(rosterOf(tabs, "g_ann").map(({ role }) => role)).toEqual(["commenter", "owner", "viewer"]);
});

test("raised hands stand first, in the order of their raising, whichever tab raised them", () => {
	const roster = rosterOf(
		[
			at("1", "Ann"),
			at("2", "Ben", { hand: 3 }),
			at("3", "Cleo", { hand: 1 }),
			at("4", "Dan", { hand: 2, idle: true }),
			at("4", "Dan"),
		],
		"g_me",
	);
	expect(roster.map(({ person }) => person.name)).toEqual(["Cleo", "Dan", "Ben", "Ann"]);
});

test("a hand that a stranger's state holds in another shape is none", () => {
	const strange = { hand: "now" } as unknown as PresenceState;
	expect(rosterOf([at("1", "Ann", strange)], "g_me")[0]?.hand).toBeNull();
});

test("who follows us is told apart from who follows somebody else", () => {
	const roster = rosterOf(
		[at("1", "Ann", { following: "g_me" }), at("2", "Ben", { following: "1" })],
		"g_me",
	);
	expect(roster.map(({ isFollower }) => isFollower)).toEqual([true, false]);
});

test("of two tabs the one counts that is looked at", () => {
	const tabs = [at("1", "Ann", { idle: true }), at("2", "Ben"), at("1", "Ann")];
	expect(tabOf(tabs, "1")).toBe(tabs[2]);
	expect(tabOf(tabs.slice(0, 1), "1")).toBe(tabs[0]);
	expect(tabOf(tabs, "3")).toBeNull();
});

test("own tabs and people without a stamp are left out", () => {
	expect(
		rosterOf([at("g_ann", "Ann"), { clientId: 0, state: { surface: "board" } }], "g_ann"),
	).toEqual([]);
});

test("who is active stands before who is away, then names are sorted", () => {
	const roster = rosterOf([at("1", "Zoe"), at("2", "Ann", { idle: true }), at("3", "Ben")], "g_me");
	expect(roster.map(({ person }) => person.name)).toEqual(["Ben", "Zoe", "Ann"]);
});

test.each([
	["Quiet Otter", "QO"],
	["ann", "A"],
	["Ann Marie von Berg", "AB"],
	["王小明", "王"],
	["👩‍👩‍👧 family", "👩‍👩‍👧F"],
	["  ", "?"],
])("initials of %s", (name, initials) => {
	expect(initialsOf(name)).toBe(initials);
});

test("letters on every colour reach a contrast of 4.5", () => {
	const luminance = (color: string): number => {
		const parts = [1, 3, 5].map((start) => {
			const part = Number.parseInt(color.slice(start, start + 2), 16) / 255;
			return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
		});
		return 0.2126 * (parts[0] ?? 0) + 0.7152 * (parts[1] ?? 0) + 0.0722 * (parts[2] ?? 0);
	};
	for (const color of [...personColors, "#ffffff", "#000000", "#777777", "#ffd35c"]) {
		const [light = 0, dark = 0] = [luminance(color), luminance(inkOn(color))].sort((a, b) => b - a);
		expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(4.5);
	}
});
