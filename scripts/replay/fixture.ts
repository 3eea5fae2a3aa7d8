/** A small session of our own making, the same for the same seed, for where no data lies. */
import * as Y from "yjs";
import { textOf } from "../../shared/surfaces/root.ts";
import { seeded } from "../converge/random.ts";
import { type Material, type PhotoFile, penStroke } from "./material.ts";
import { encodePng, type Rgb } from "./png.ts";
import { applyEdit, type Edit, type Patch, type Trace } from "./traces.ts";

/** Makes two traces, some strokes, photos good and bad, and lines of chat. */
export function makeFixture(seed: number): Material {
	const random = seeded(seed);
	return {
		traces: [makeTrace("two writers", 2, 400, random), makeTrace("one writer", 1, 2_000, random)],
		strokes: Array.from({ length: 40 }, (_, strokeIndex) => {
			const xs = Array.from({ length: 60 }, (_, pointIndex) => strokeIndex * 30 + pointIndex);
			const ys = xs.map((x) => 200 + 80 * Math.sin(x / 9) + 4 * random());
			return penStroke(xs, ys, { left: 0, top: 0, color: strokeIndex % 8 });
		}),
		photos: [
			picture("red.png", [200, 40, 40]),
			picture("green.png", [40, 160, 80]),
			cutShort(picture("cut.png", [40, 40, 200])),
			{ name: "page.jpg", type: "image/jpeg", bytes: Buffer.from("<html>not a photo</html>") },
		],
		lines: [
			"hello",
			"<script>alert(1)</script>",
			"see https://weft.example/?a=1&b=2",
			"\u0645\u0631\u062d\u0628\u0627",
			"Z\u0351\u036b\u0343a\u0321l\u0322g\u035eo",
			"\u{1f469}\u200d\u{1f469}\u200d\u{1f467}",
			"{{constructor}} __proto__ null undefined",
			"two\nlines",
		],
	};
}

/** How often an agent looks at what the others did. */
const meetingShare = 0.08;

/** People who write at once and merge now and then; the end is what Yjs makes of it in memory. */
function makeTrace(
	name: string,
	agentCount: number,
	editCount: number,
	random: () => number,
): Trace {
	const agents = Array.from({ length: agentCount }, (_, agentIndex) => {
		const doc = new Y.Doc();
		doc.clientID = agentIndex + 1;
		return { doc, lastEdits: new Map<number, number>() };
	});
	const edits: Edit[] = [];
	while (edits.length < editCount) {
		const agentIndex = Math.floor(random() * agentCount);
		const agent = agents[agentIndex];
		if (agent === undefined) break;
		const isMeeting = random() < meetingShare;
		for (const other of isMeeting ? agents.filter((one) => one !== agent) : []) {
			Y.applyUpdate(agent.doc, Y.encodeStateAsUpdate(other.doc));
			for (const [index, last] of other.lastEdits) {
				agent.lastEdits.set(index, Math.max(last, agent.lastEdits.get(index) ?? 0));
			}
		}
		const patches = [makePatch(textOf(agent.doc).length, random)];
		const edit = { agent: agentIndex, parents: [...agent.lastEdits.values()], patches };
		applyEdit(agent.doc, edit);
		agent.lastEdits.set(agentIndex, edits.push(edit) - 1);
	}
	const end = new Y.Doc();
	for (const { doc } of agents) Y.applyUpdate(end, Y.encodeStateAsUpdate(doc));
	return { name, agentCount, edits, endContent: textOf(end).toString() };
}

function makePatch(length: number, random: () => number): Patch {
	const position = Math.floor(random() * (length + 1));
	if (length > 20 && random() < 0.2) {
		return [Math.min(position, length - 3), 3, ""];
	}
	const letters = "weft and warp make cloth\n";
	const from = Math.floor(random() * letters.length);
	return [position, 0, letters.slice(from, from + 1 + Math.floor(random() * 4))];
}

const pictureSide = 48;

/** A square of one colour. */
function picture(name: string, color: Rgb): PhotoFile {
	const bytes = encodePng({ width: pictureSide, height: pictureSide, colorAt: () => color });
	return { name, type: "image/png", bytes };
}

function cutShort({ name, type, bytes }: PhotoFile): PhotoFile {
	return { name, type, bytes: bytes.subarray(0, bytes.length >> 1) };
}
