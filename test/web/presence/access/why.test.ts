import { expect, test } from "vitest";
import type { UserId } from "../../../../shared/ids.ts";
import { plainRules, type Role, type RoomRules, rightsOf } from "../../../../shared/roles.ts";
import type { RoomAccess } from "../../../../shared/room-access.ts";
import { whyOf } from "../../../../web/presence/access/why.ts";
import type { Myself } from "../../../../web/sync/me.ts";
import { ownersAccess, plainAccess } from "./room-accesses.ts";

const ann = ownersAccess.managed.owner;
const ben = { id: "g_ben" as UserId, name: "Ben" };

const { managed } = ownersAccess;

/** What Ann is told who is that, under such rules. */
function why(
	role: Role,
	part: Partial<RoomAccess> = {},
	rules: RoomRules = plainRules,
	me: Pick<Myself, "id" | "was"> = ann,
) {
	const rights = rightsOf(role, rules, ann.id);
	return whyOf({ role, may: (surface) => rights[surface] }, { ...plainAccess, ...part }, me);
}

test("an editor of whom nothing is withheld is told nothing", () => {
	expect(why("editor")).toBeNull();
	expect(why("owner", { managed })).toBeNull();
});

test("viewers and commenters are told what they are, also before the server said more", () => {
	expect(why("viewer")).toEqual({ why: "viewer" });
	expect(why("commenter")).toEqual({ why: "commenter" });
	const may = () => false;
	expect(whyOf({ role: "viewer", may }, null, ann)).toEqual({ why: "viewer" });
});

test("who presents is told so, and everybody else by whom", () => {
	const rules = { least: {}, presenter: ben.id, isTalkOpen: false };
	expect(why("editor", { presenter: ben }, rules)).toEqual({ why: "presented", name: "Ben" });
	expect(why("viewer", { presenter: ben }, rules)).toEqual({ why: "presented", name: "Ben" });
	expect(why("owner", { presenter: ann, managed })).toEqual({ why: "presenting" });
	const talk = { ...rules, isTalkOpen: true };
	expect(why("editor", { presenter: ben }, talk)).toEqual({ why: "presentedTalk", name: "Ben" });
	expect(why("viewer", { presenter: ben }, talk)).toEqual({ why: "presented", name: "Ben" });
});

test("who presented as a guest and signed in presents still", () => {
	const signedIn = { id: "u_ann", was: [ann.id] };
	expect(why("editor", { presenter: ann }, plainRules, signedIn)).toBeNull();
	expect(why("owner", { presenter: ann, managed }, plainRules, signedIn)).toEqual({
		why: "presenting",
	});
});

test("muted and narrowed are told apart", () => {
	const rights = { ...rightsOf("editor"), chat: false };
	const standing = {
		role: "editor",
		may: (surface: keyof typeof rights) => rights[surface],
	} as const;
	expect(whyOf(standing, { ...plainAccess, isMuted: true }, ann)).toEqual({ why: "muted" });
	const rules: RoomRules = {
		least: { board: "owner", chat: "owner" },
		presenter: null,
		isTalkOpen: false,
	};
	const both = { why: "narrowed", surfaces: ["board", "chat"] };
	expect(why("editor", { isMuted: true }, rules)).toEqual(both);
	expect(why("commenter", {}, rules)).toEqual({ why: "narrowed", surfaces: ["chat"] });
});

test("who manages hears of those who wait before anything else but the bin", () => {
	const waiting = [ben] as const;
	const both = { presenter: ann, managed: { ...managed, waiting } };
	expect(why("owner", both)).toEqual({ why: "waits", waiting });
	expect(why("owner", { ...both, binnedAtMs: 5 })).toEqual({ why: "binned" });
});
