import { MemoryDisk, MemoryLog } from "../../../server/store/memory-log.ts";
import { MemoryRecords, MemoryRecordsDisk } from "../../../server/store/memory-records.ts";
import { recordsContract } from "../../contracts/records.ts";
import { roomLogContract } from "../../contracts/room-log.ts";

const logs = new Map<string, MemoryDisk>();
const records = new Map<string, MemoryRecordsDisk>();

roomLogContract("memory", async (path, { clock, historyMs }) => {
	const disk = logs.get(path) ?? new MemoryDisk();
	logs.set(path, disk);
	return new MemoryLog(disk, clock, historyMs);
});

recordsContract("memory", async (path) => {
	const disk = records.get(path) ?? new MemoryRecordsDisk();
	records.set(path, disk);
	return new MemoryRecords(disk);
});
