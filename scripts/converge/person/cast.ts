/** Who takes part in a run for real: by which client each person is connected. */
import type { Person, PersonParts } from "./person.ts";
import { ProviderPerson } from "./provider.ts";
import { ReferencePerson } from "./reference.ts";

/** Ways to fill a run: all with our own small client, all with y-websocket's, or half and half. */
export const clientKinds = ["reference", "provider", "mixed"] as const;

/** One of them. */
export type ClientKind = (typeof clientKinds)[number];

/** Makes the people of such a run. All pages of one user are of one kind. */
export function castOf(kind: ClientKind): (parts: PersonParts) => Person {
	return (parts) =>
		isAtProvider(kind, parts.user) ? new ProviderPerson(parts) : new ReferencePerson(parts);
}

/** In a mixed run every other person is at the provider, and no newcomer or stranger. */
function isAtProvider(kind: ClientKind, user: string): boolean {
	if (kind !== "mixed") return kind === "provider";
	return user.length === 1 && user.charCodeAt(0) % 2 === 1;
}
