/** Who is here, one entry a person however many tabs they have. */
import type { Person, PresenceState, StampedPerson, SurfaceName } from "../../shared/awareness.ts";
import { parseRole, type Role } from "../../shared/roles.ts";

/** One person in the room. */
export interface PersonHere {
	readonly person: Person;
	/** What they are in the room, as the server says it. */
	readonly role: Role;
	/** Where they are, by the tab in which they last did something; null where it is not known. */
	readonly surface: SurfaceName | null;
	/** True where none of their tabs is looked at. */
	readonly isIdle: boolean;
	/** Their place in the line of raised hands; null where theirs is down. */
	readonly hand: number | null;
	/** True where they follow us. */
	readonly isFollower: boolean;
}

/** One tab of somebody, as `RoomClient.people` gives it. */
export interface Tab {
	readonly clientId: number;
	readonly state: PresenceState;
}

/**
 * The others in a room. Our own tabs are left out. Raised hands stand first, in the order of their
 * raising; then who is active before who is idle, and names are sorted, so that faces do not jump.
 */
export function rosterOf(tabs: readonly Tab[], myId: string): PersonHere[] {
	const tabsOf = new Map<string, Tab[]>();
	for (const tab of tabs) {
		const id = tab.state.user?.id;
		if (id === undefined || id === myId) continue;
		const known = tabsOf.get(id);
		if (known === undefined) tabsOf.set(id, [tab]);
		else known.push(tab);
	}
	const here: PersonHere[] = [];
	for (const own of tabsOf.values()) {
		const { user, surface = null, idle } = activeTab(own)?.state ?? {};
		if (user === undefined) continue;
		const hand = firstHand(own);
		const isFollower = own.some(({ state }) => state.following === myId);
		const role = roleOf(user);
		here.push({ person: user, role, surface, isIdle: idle === true, hand, isFollower });
	}
	return here.sort(byHandThenActivityThenName);
}

/** The tab in which a person is active; null where they are not here. */
export function tabOf(tabs: readonly Tab[], userId: string): Tab | null {
	return activeTab(tabs.filter(({ state }) => state.user?.id === userId));
}

function activeTab(tabs: readonly Tab[]): Tab | null {
	return tabs.find(({ state }) => state.idle !== true) ?? tabs[0] ?? null;
}

function firstHand(tabs: readonly Tab[]): number | null {
	const hands = tabs.flatMap(({ state }) => handOf(state) ?? []);
	return hands.length === 0 ? null : Math.min(...hands);
}

/** A stranger's state may hold anything. */
export function handOf({ hand }: PresenceState): number | null {
	return Number.isSafeInteger(hand) ? (hand ?? null) : null;
}

/** Nothing is said of an editor; who is something that this app does not know may look. */
export function roleOf({ role = "editor" }: StampedPerson): Role {
	return parseRole(role) ?? "viewer";
}

function byHandThenActivityThenName(one: PersonHere, other: PersonHere): number {
	const [hand, otherHand] = [one.hand ?? Infinity, other.hand ?? Infinity];
	if (hand !== otherHand) return hand - otherHand;
	if (one.isIdle !== other.isIdle) return one.isIdle ? 1 : -1;
	return (
		one.person.name.localeCompare(other.person.name) || (one.person.id < other.person.id ? -1 : 1)
	);
}
