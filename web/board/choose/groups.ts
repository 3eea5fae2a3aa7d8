/** Names of groups: what is copied or pasted is another group than what it was made of. */
import { randomBytes } from "../../sync/random.ts";

/** A name by chance, of 48 bits: the groups of a board are few. */
export function mintGroup(): string {
	return btoa(String.fromCharCode(...randomBytes(6)));
}

/** Names groups anew: a name that nobody has for each that is asked for, the same for the same. */
export function groupsAnew(): (group: string) => string {
	const names = new Map<string, string>();
	return (group) => {
		const name = names.get(group) ?? mintGroup();
		names.set(group, name);
		return name;
	};
}
