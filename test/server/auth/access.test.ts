import { expect, test } from "vitest";
import { accessBy } from "../../../server/auth/access.ts";
import type { Accounts, Login } from "../../../server/auth/accounts.ts";
import { anyone, type UserId } from "../../../shared/ids.ts";
import { type Role, rightsOf } from "../../../shared/roles.ts";
import { roomNamed } from "../../fixtures/stored.ts";

const ann = "u_ann" as UserId;
const guest = "g_guest" as UserId;
const garden = roomNamed("garden");
const accounts: Pick<Accounts, "formerOf"> = {
	formerOf: (id) => (id === ann ? [guest] : []),
};
const access = accessBy(accounts);

function loginOf(said: Partial<Pick<Login, "isAdmin" | "rooms">>): Login {
	const person = { id: ann, name: "Ann", color: "#112233" };
	const untilMs = Number.MAX_SAFE_INTEGER;
	return { person, isAdmin: false, key: "", untilMs, rooms: null, endsAs: "token_over", ...said };
}

const only = (role: Role) => loginOf({ rooms: new Map([[garden, role]]) });

test.for([
	["anybody", null, "editor"],
	["who signs in", loginOf({}), "editor"],
	["who runs the server", loginOf({ isAdmin: true }), "owner"],
	["a token's owner", only("owner"), "owner"],
	["a token's editor", only("editor"), "editor"],
	["a token's commenter", only("commenter"), "commenter"],
	["a token's viewer", only("viewer"), "viewer"],
	["whose token speaks of no room", loginOf({ rooms: new Map() }), "viewer"],
] as const)("%s is what they may be", async ([, login, role]) => {
	const standing = await access({ userId: anyone, login, name: garden });
	expect(standing).toEqual({ role, rights: rightsOf(role), formerIds: [] });
});

test("an account brings the guests it was before", async () => {
	const entrant = { userId: ann, login: loginOf({}), name: garden };
	expect((await access(entrant)).formerIds).toEqual([guest]);
});
