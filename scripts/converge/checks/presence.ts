/** Who is shown to whom, and under which name. */
import type { Person } from "../person/person.ts";
import { pageName } from "../sentences.ts";

/** Remembers under which identity each user was shown. */
export class Identities {
	/** Users by the identity that the server showed. */
	readonly #owners = new Map<string, string>();

	/**
	 * Identities on people's screens that are somebody else's. `userOf` knows whose client id that
	 * is; undefined for one that nobody was given.
	 */
	forgedOn(people: readonly Person[], userOf: (clientId: number) => string | undefined): string[] {
		const wrong: string[] = [];
		for (const person of people) {
			for (const [clientId, { state }] of person.others) {
				const identity = identityOf(state);
				if (identity === null) continue;
				const user = userOf(clientId) ?? `whoever has client id ${clientId}`;
				const owner = this.#owners.get(identity);
				if (owner === undefined) this.#owners.set(identity, user);
				else if (owner !== user) wrong.push(`${pageName(person.name)} sees ${user} as ${owner}`);
			}
		}
		return wrong;
	}
}

/** The id that the server showed, else the name; null where nobody is shown. */
function identityOf(state: unknown): string | null {
	if (typeof state !== "object" || state === null) return null;
	const { user } = state as { user?: { id?: unknown; name?: unknown } };
	const identity = user?.id ?? user?.name;
	return typeof identity === "string" ? identity : null;
}

/** Client ids that a page still shows, with their states; of those that are asked for. */
export function shownBy(
	person: Person,
	isAsked: (clientId: number) => boolean = () => true,
): string[] {
	const states = [...person.others].filter(([id, { state }]) => state !== null && isAsked(id));
	return states.map(([clientId, { state }]) => {
		return `${pageName(person.name)} still sees ${clientId}: ${JSON.stringify(state)}`;
	});
}

/** Who is not shown to whom, of people who all are there. */
export function unseenAmong(people: readonly Person[]): string[] {
	return people.flatMap(({ name, others }) => {
		const isSeen = (clientId: number) => (others.get(clientId)?.state ?? null) !== null;
		const unseen = people.filter((other) => other.name !== name && !isSeen(other.doc.clientID));
		return unseen.map(
			(other) => `${pageName(name)} does not see that ${pageName(other.name)} is there`,
		);
	});
}
