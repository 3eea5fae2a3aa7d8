/** People at other clients than our own: they are who they say, and their faults are told apart. */
import { expect, test } from "vitest";
import { castOf } from "../../scripts/converge/person/cast.ts";
import { Ledger } from "../../scripts/converge/person/ledger.ts";
import { Device, type Person, type PersonParts } from "../../scripts/converge/person/person.ts";
import { ProviderPerson } from "../../scripts/converge/person/provider.ts";
import type { Dial } from "../../scripts/converge/person/socket.ts";
import { type Fault, makePlan } from "../../scripts/converge/plan.ts";
import { streamsOf } from "../../scripts/converge/random.ts";
import { playReal } from "../../scripts/converge/real/play.ts";
import { hostSecret } from "../../scripts/converge/rights/office.ts";
import type { Outcome } from "../../scripts/converge/run.ts";
import { SimTestbed } from "../../scripts/converge/sim/testbed.ts";
import { weft } from "../../scripts/converge/systems/weft.ts";
import type { RoomName } from "../../shared/ids.ts";
import { messageType, syncStep } from "../../shared/protocol.ts";

type MakePerson = (parts: PersonParts) => Person;

const room = "garden" as RoomName;

/** People of a kind at a simulated server, each at a device of their own. */
class Meeting {
	readonly testbed = new SimTestbed(1);
	readonly ledger = new Ledger();
	/** Messages of all people to the server. */
	sentCount = 0;
	#clientId = 1;

	join(user: string, device = new Device(), name = user): Person {
		const { clock } = this.testbed;
		const person = castOf("provider")({
			name,
			user,
			device,
			clock,
			ledger: this.ledger,
			dial: this.#counted(this.testbed.dial({ name, user, room })),
			nextClientId: () => this.#clientId++,
			hasAcks: true,
		});
		person.goOnline();
		return person;
	}

	#counted(dial: Dial): Dial {
		return (events) => {
			const socket = dial(events);
			if (socket === null) return null;
			const send = (message: Uint8Array) => {
				this.sentCount++;
				socket.send(message);
			};
			return { send, close: () => socket.close() };
		};
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

test("two tabs of a device and their server fall silent", async () => {
	const meeting = new Meeting();
	await meeting.testbed.start();
	const device = new Device();
	const people = [meeting.join("a", device), meeting.join("a", device, "a1")];
	await meeting.testbed.advance(500);
	const { sentCount } = meeting;
	await meeting.testbed.advance(5_000);
	expect(meeting.sentCount).toBe(sentCount);
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

/** Three people for a short while; without Chromium. */
function play(seed: number, faults: readonly Fault[], makePerson: MakePerson): Promise<Outcome> {
	const plan = makePlan({ seed, people: 3, ops: 30, faults }, streamsOf(seed));
	return playReal(plan, weft(), { makePerson });
}

test("stock clients play beside ours where people have rights, and end with one room", async () => {
	const options = { seed: 3, people: 4, ops: 40, faults: ["kill", "cut"], rights: "on" } as const;
	const plan = makePlan(options, streamsOf(3));
	const system = weft({ env: { WEFT_SIGNUP: "open", WEFT_TOKEN_SECRET: hostSecret } });
	const { findings, asked } = await playReal(plan, system, { makePerson: castOf("mixed") });
	expect(findings).toEqual([]);
	expect(asked["rights hold"]).toBeGreaterThan(10);
	expect(asked["refused is kept"]).toBeGreaterThan(0);
});

test("providers end with one room on a real server that is killed and cut off", async () => {
	const { findings, asked } = await play(3, ["kill", "cut", "restartStorm"], castOf("provider"));
	expect(findings).toEqual([]);
	expect(asked["shown stays"]).toBeGreaterThan(0);
});

test("providers and our own client end with one room", async () => {
	expect((await play(4, ["kill", "cut", "lag"], castOf("mixed"))).findings).toEqual([]);
});

test("a provider's fault is found among providers, and not with our own client", {
	timeout: 300_000,
}, async () => {
	const forgetful: MakePerson = (parts) =>
		new ProviderPerson({ ...parts, dial: forgetting(parts.dial) });
	// A plan in which nobody connects anew: that would bring what was lost.
	const wrong = await play(9, [], forgetful);
	expect(wrong.findings.map(({ check }) => check)).toContain("equal copies");
	// The server is the same: with our own client, and with a whole provider, the plan ends well.
	expect((await play(9, [], castOf("reference"))).findings).toEqual([]);
	expect((await play(9, [], castOf("provider"))).findings).toEqual([]);
});

/** A way to the server on which updates are lost from the third on. */
function forgetting(dial: Dial): Dial {
	return (events) => {
		const socket = dial(events);
		if (socket === null) return null;
		let updateCount = 0;
		return {
			send: (message) => {
				const isUpdate = message[0] === messageType.sync && message[1] === syncStep.update;
				if (!isUpdate || ++updateCount < 3) socket.send(message);
			},
			close: () => socket.close(),
		};
	};
}
