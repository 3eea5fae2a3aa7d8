/** Tells, in one short sentence at a time, who raised a hand. */
import type { Cancel } from "../../shared/clock.ts";
import { t } from "../ui/messages.ts";
import "../ui/messages/people.ts";
import { showToast } from "../ui/toast.ts";
import { hereOf, type PresenceClient } from "./here.ts";
import type { PersonHere } from "./roster.ts";

/** Whose hands went up in between. Of who was not here before it is no news: one just came. */
export function newHands(
	before: readonly PersonHere[],
	now: readonly PersonHere[],
): readonly PersonHere[] {
	const wereDown = new Set<string>();
	for (const { person, hand } of before) if (hand === null) wereDown.add(person.id);
	return now.filter(({ person, hand }) => hand !== null && wereDown.has(person.id));
}

/** The last of them by name, and how many are up where it is not the only one. */
export function sayHands(raised: readonly PersonHere[], upCount: number): string {
	const name = raised.at(-1)?.person.name ?? "";
	return upCount > 1
		? t("frame.hand.isUpAmong", { name, count: upCount })
		: t("frame.hand.isUp", { name });
}

/** Tells it while the room is open; what is said next takes the place of what was. */
export function tellHands(client: PresenceClient): Cancel {
	const here = hereOf(client);
	let before = here.people;
	let hide: Cancel = () => undefined;
	return here.onChange(() => {
		const raised = newHands(before, here.people);
		before = here.people;
		if (raised.length === 0) return;
		hide();
		hide = showToast({
			text: sayHands(raised, here.people.filter(({ hand }) => hand !== null).length),
		});
	});
}
