/** People at other clients than our own: they are who they say, and their faults are told apart. */
import { expect, test } from "vitest";
import { castOf } from "../../scripts/converge/person/cast.ts";
import { Ledger } from "../../scripts/converge/person/ledger.ts";
import { Device, type Person } from "../../scripts/converge/person/person.ts";
import { SimTestbed } from "../../scripts/converge/sim/testbed.ts";
import type { RoomName } from "../../shared/ids.ts";

const room = "garden" as RoomName;

/** People of a kind at a simulated server, each at a device of their own. */
class Meeting {
	readonly testbed = new SimTestbed(1);
	readonly ledger = new Ledger();
	#clientId = 1;

	join(user: string, device = new Device(), name = user): Person {
		const { clock } = this.testbed;
		const person = castOf("provider")({
			name,
			user,
			device,
			clock,
			ledger: this.ledger,
			dial: this.testbed.dial({ name, user, room }),
			nextClientId: () => this.#clientId++,
			hasAcks: true,
		});
		person.goOnline();
		return person;
	}

	say(person: Person): string {
		const word = this.ledger.mint(person.user);
		person.edit((doc) => doc.getText("text").insert(0, word));
		return word;
	}
}

test("a provider's words are promised when somebody else has them, and not before", async () => {
	const meeting = new Meeting();
	await meeting.testbed.start();
	const ann = meeting.join("a");
	await meeting.testbed.advance(500);
	const word = meeting.say(ann);
	await meeting.testbed.advance(500);
	expect(ann.isSaved).toBe(true);
	expect([...meeting.ledger.promised()]).toEqual([]);
	const ben = meeting.join("b");
	await meeting.testbed.advance(500);
	expect(ben.text()).toBe(word);
	expect([...meeting.ledger.promised()]).toEqual([word]);
	for (const person of [ann, ben]) person.leave();
});

test("a provider's page comes back with what its device kept, sent or not", async () => {
	const meeting = new Meeting();
	await meeting.testbed.start();
	const ann = meeting.join("a");
	ann.goOffline();
	const word = meeting.say(ann);
	ann.reload();
	expect(ann.text()).toBe(word);
	expect(ann.isOnline).toBe(false);
	const ben = meeting.join("b");
	ann.goOnline();
	await meeting.testbed.advance(500);
	expect(ben.text()).toBe(word);
	for (const person of [ann, ben]) person.leave();
});

test("two tabs of a device tell each other without the server, other devices do not", () => {
	const meeting = new Meeting();
	const device = new Device();
	const people = [meeting.join("a", device), meeting.join("a", device, "a1"), meeting.join("b")];
	const [ann, tab, ben] = people;
	if (ann === undefined) return;
	const word = meeting.say(ann);
	expect(tab?.text()).toBe(word);
	expect(ben?.text()).toBe("");
	for (const person of people) person.leave();
});

test("a provider sees who is there, and no more who left", async () => {
	const meeting = new Meeting();
	await meeting.testbed.start();
	const [ann, ben] = [meeting.join("a"), meeting.join("b")];
	ben.point(3, 4);
	await meeting.testbed.advance(500);
	const states = () => [...ann.others.values()].map(({ state }) => state);
	expect(states()).toEqual([expect.objectContaining({ pointer: { x: 3, y: 4 } })]);
	ben.leave();
	await meeting.testbed.advance(500);
	expect(states()).toEqual([]);
	ann.leave();
});

test("in a mixed run every other person is at the provider", () => {
	const meeting = new Meeting();
	const { clock } = meeting.testbed;
	const kinds = ["a", "b", "c", "d", "newcomer"].map((user) => {
		const person = castOf("mixed")({
			name: user,
			user,
			device: new Device(),
			clock,
			ledger: meeting.ledger,
			dial: () => null,
			nextClientId: () => 1,
			hasAcks: true,
		});
		person.leave();
		return person.constructor.name.replace("Person", "");
	});
	expect(kinds).toEqual(["Provider", "Reference", "Provider", "Reference", "Reference"]);
});
