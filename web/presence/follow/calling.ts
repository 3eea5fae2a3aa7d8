/** Asking everybody to come: who is here is told, and comes along with one tap. */
import type { Person, PresenceState } from "../../../shared/awareness.ts";
import type { Cancel } from "../../../shared/clock.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/people.ts";
import { orSay, showToast } from "../../ui/toast.ts";
import type { PresenceClient } from "../here.ts";
import { roleOf, type Tab } from "../roster.ts";
import { followingOf } from "./following.ts";

/** How often each tab has called, by its client id. */
export type CallCounts = ReadonlyMap<number, number>;

/** Asks everybody in the room to come to where we are. */
export function callEverybody(client: PresenceClient): void {
	client.setPresence({ calls: callsOf(client.awareness.getLocalState() ?? {}) + 1 });
	showToast({ text: t("frame.call.done") });
}

/** How often each tab has called by now. */
export function countCalls(tabs: readonly Tab[]): CallCounts {
	return new Map(tabs.map(({ clientId, state }) => [clientId, callsOf(state)]));
}

/**
 * Who has called since: of tabs that were here before, and of people who do more than look. What we
 * do in another tab is no news.
 */
export function newCalls(
	before: CallCounts,
	tabs: readonly Tab[],
	myId: string,
): readonly Person[] {
	return tabs.flatMap(({ clientId, state }) => {
		const { user } = state;
		const known = before.get(clientId);
		if (user === undefined || user.id === myId || known === undefined) return [];
		const mayCall = ["editor", "owner"].includes(roleOf(user));
		return mayCall && callsOf(state) > known ? [user] : [];
	});
}

/** Tells of calls while the room is open; the last one takes the place of the one before. */
export function tellCalls(client: PresenceClient): Cancel {
	let known = countCalls(client.people());
	let hide: Cancel = () => undefined;
	const look = (): void => {
		const tabs = client.people();
		const caller = newCalls(known, tabs, client.me.id).at(-1);
		known = countCalls(tabs);
		if (caller === undefined) return;
		hide();
		const { name } = caller;
		const label = t("frame.follow.start", { name });
		const run = (): void => void orSay(() => comeAlong(client, caller));
		hide = showToast({ text: t("frame.call.by", { name }), action: { label, run } });
	};
	client.awareness.on("change", look);
	return () => client.awareness.off("change", look);
}

/** Nobody is followed before there is a bar that says so. */
export async function comeAlong(client: PresenceClient, person: Person): Promise<void> {
	await import("./follow-bar.ts");
	followingOf(client).start(person);
}

/** A stranger's state may hold anything. */
function callsOf({ calls }: PresenceState): number {
	return Number.isSafeInteger(calls) ? (calls ?? 0) : 0;
}
