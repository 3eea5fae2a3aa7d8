/** Who is connected, for who runs the server: one entry a person, however many tabs they have. */
import { anyone, probeRoom, type RoomName, type UserId } from "../../shared/ids.ts";
import type { HerePerson } from "../../shared/operator.ts";
import { personColors } from "../../shared/person-colors.ts";
import type { Visit } from "./visit.ts";

/** What of a visit is told. */
type Seen = Pick<Visit, "guest" | "login" | "room">;

interface Counted extends Omit<HerePerson, "rooms" | "socketCount"> {
	readonly rooms: Set<RoomName>;
	socketCount: number;
}

/** Clients without a sign of who they are stand there as one, without a name. */
export function everybodyIn(visits: Iterable<Seen>): HerePerson[] {
	const people = new Map<UserId, Counted>();
	for (const visit of visits) {
		const { room } = visit;
		if (room === null || room === probeRoom) continue;
		const id = visit.guest?.id ?? anyone;
		const person = people.get(id) ?? countedOf(visit);
		people.set(id, person);
		person.rooms.add(room);
		person.socketCount++;
	}
	return Array.from(people.values(), (person) => ({ ...person, rooms: [...person.rooms] }));
}

function countedOf({ guest, login }: Seen): Counted {
	const { id, name, color } = guest ?? { id: anyone, name: "", color: personColors[0] };
	const isAdmin = login?.isAdmin === true;
	return { id, name, color, isSignedIn: login !== null, isAdmin, rooms: new Set(), socketCount: 0 };
}
