import { describe, expect, test } from "vitest";
import type { Login } from "../../../../server/auth/accounts.ts";
import { type Comer, openAccess, placeOf } from "../../../../server/auth/rooms/admit.ts";
import { standingOf } from "../../../../server/rooms/access.ts";
import type { AccessRecord } from "../../../../server/store/records.ts";
import { WeftError } from "../../../../shared/errors.ts";
import type { LinkId, UserId } from "../../../../shared/ids.ts";
import { type Role, rightsOf } from "../../../../shared/roles.ts";
import type { RoomMember } from "../../../../shared/room-access.ts";
import { roomNamed } from "../../../fixtures/stored.ts";

const garden = roomNamed("garden");
const ann = "u_ann" as UserId;
const guest = "g_guest" as UserId;
const nowMs = 1_000_000;
const link = "l".repeat(22) as LinkId;

function loginOf(said: Partial<Pick<Login, "isAdmin" | "rooms">>): Login {
	const person = { id: ann, name: "Ann", color: "#112233" };
	const untilMs = Number.MAX_SAFE_INTEGER;
	return { person, isAdmin: false, key: "", untilMs, rooms: null, endsAs: "token_over", ...said };
}

const only = (role: Role) => loginOf({ rooms: new Map([[garden, role]]) });
const member = (role: RoomMember["role"], id = ann, isMuted = false): RoomMember => ({
	...{ id, role, isMuted },
	name: "Ann",
});

/** What Ann is there: the role, or why she is kept out. */
function place(access: Partial<AccessRecord>, comer: Partial<Comer> = {}) {
	const plain: Comer = { ids: [ann], login: null, linkId: null, nowMs };
	try {
		return placeOf({ ...openAccess(garden), ...access }, { ...plain, ...comer });
	} catch (error) {
		if (error instanceof WeftError) return error.code;
		throw error;
	}
}

function role(access: Partial<AccessRecord>, comer: Partial<Comer> = {}): string {
	const found = place(access, comer);
	return typeof found === "string" ? found : found.standing.role;
}

describe("a room about which nothing was decided", () => {
	test.for([
		["anybody", null, "editor"],
		["who signs in", loginOf({}), "editor"],
		["who runs the server", loginOf({ isAdmin: true }), "owner"],
		["a token's owner", only("owner"), "owner"],
		["a token's editor", only("editor"), "editor"],
		["a token's commenter", only("commenter"), "commenter"],
		["a token's viewer", only("viewer"), "viewer"],
		["whose token speaks of no room", loginOf({ rooms: new Map() }), "no_entry"],
	] as const)("has %s be what they may be", ([, login, expected]) => {
		expect(role({}, { login })).toBe(expected);
	});

	test("gives everybody of a role one and the same standing", () => {
		expect(place({})).toEqual({ standing: standingOf("editor"), isMuted: false, untilMs: null });
		const found = place({});
		expect(typeof found !== "string" && found.standing).toBe(standingOf("editor"));
	});

	test("knows the guests that an account was before", () => {
		const found = place({}, { ids: [ann, guest] });
		expect(found).toMatchObject({
			standing: { role: "editor", rights: rightsOf("editor"), formerIds: [guest] },
		});
	});
});

describe("what somebody is", () => {
	const links = [{ id: link, role: "viewer", createdAtMs: 0, expiresAtMs: null }] as const;

	test("is what the address gives, where nothing else says it", () => {
		const given = (["editor", "commenter", "viewer", "knock", "closed"] as const).map((entry) =>
			role({ entry }),
		);
		expect(given).toEqual(["editor", "commenter", "viewer", "must_knock", "no_entry"]);
	});

	test("is what their link gives, whatever the address gives", () => {
		for (const entry of ["editor", "knock", "closed"] as const) {
			expect(role({ entry, links }, { linkId: link })).toBe("viewer");
		}
	});

	test("is nothing by a link that was revoked or is too old", () => {
		expect(role({ links: [] }, { linkId: link })).toBe("link_over");
		const until = (expiresAtMs: number) => ({ links: [{ ...links[0], expiresAtMs }] });
		expect(role(until(nowMs), { linkId: link })).toBe("link_over");
		expect(place(until(nowMs + 1), { linkId: link })).toMatchObject({ untilMs: nowMs + 1 });
	});

	test("is what was decided, over link and address and a token", () => {
		const members = [member("commenter")];
		expect(role({ entry: "closed", members })).toBe("commenter");
		expect(role({ links, members }, { linkId: link })).toBe("commenter");
		expect(role({ links: [], members }, { linkId: link })).toBe("commenter");
		expect(role({ members }, { login: only("editor") })).toBe("commenter");
		expect(role({ members: [member(null)], entry: "viewer" })).toBe("viewer");
	});

	test("is nothing for who was put out, by whatever way they come", () => {
		const members = [member("out")];
		expect(role({ members })).toBe("put_out");
		expect(role({ members, links }, { linkId: link })).toBe("put_out");
		expect(role({ members }, { login: only("editor") })).toBe("put_out");
		expect(role({ members: [member("out", guest)] }, { ids: [ann, guest] })).toBe("put_out");
	});

	test("was decided about the account before it was about the guest", () => {
		const members = [member("viewer", guest), member("commenter", ann)];
		expect(role({ members }, { ids: [ann, guest] })).toBe("commenter");
	});

	test("is owner for the owner, also as the account that the guest became", () => {
		const owned = { owner: { id: guest, name: "Ann" }, entry: "closed" } as const;
		expect(role(owned, { ids: [guest] })).toBe("owner");
		expect(role(owned, { ids: [ann, guest] })).toBe("owner");
		expect(role(owned)).toBe("no_entry");
		expect(role({ ...owned, members: [member("out", guest)] }, { ids: [guest] })).toBe("owner");
		expect(role({ ...owned, members: [member("out")] }, { login: only("owner") })).toBe("owner");
		expect(role(owned, { login: loginOf({ isAdmin: true }) })).toBe("owner");
	});

	test("is nothing in a room that lies in the bin, but for who may take it out", () => {
		const binned = { binnedAtMs: 1, owner: { id: guest, name: "Ann" } };
		expect(role(binned)).toBe("room_binned");
		expect(role(binned, { ids: [guest] })).toBe("owner");
		expect(role({ ...binned, members: [member("owner")] })).toBe("owner");
	});
});

describe("what somebody may do", () => {
	const rights = (access: Partial<AccessRecord>, comer: Partial<Comer> = {}) => {
		const found = place(access, comer);
		return typeof found === "string" ? found : found.standing.rights;
	};

	test("is to read while somebody else presents, who may have signed in since", () => {
		const presenter = { id: guest, name: "Guest" };
		expect(rights({ presenter })).toEqual(rightsOf("viewer"));
		expect(rights({ presenter }, { ids: [ann, guest] })).toEqual(rightsOf("editor"));
		const owner = { id: ann, name: "Ann" };
		expect(rights({ presenter, owner })).toEqual({ ...rightsOf("viewer"), manage: true });
		const talking = { presenter, isTalkOpen: true };
		expect(rights(talking)).toEqual({ ...rightsOf("viewer"), chat: true });
		expect(rights({ ...talking, members: [member(null, ann, true)] })).toEqual(rightsOf("viewer"));
	});

	test("is less where a surface asks for more", () => {
		const { board, document } = {
			...rightsOf("editor"),
			...Object(rights({ least: { board: "owner" } })),
		};
		expect({ board, document }).toEqual({ board: false, document: true });
	});

	test("is not to write in the chat for who is muted", () => {
		expect(rights({ members: [member(null, ann, true)] })).toEqual({
			...rightsOf("editor"),
			chat: false,
		});
	});
});
