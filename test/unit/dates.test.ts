import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
	ageOn,
	checkedDate,
	daysBetween,
	daysIn,
	inputDate,
	isUnreadDate,
	readDate,
	type DateContext,
} from '../../nodes/shared/document/dates';
import { cases } from '../support/thorough';
import { thrownBy } from '../support/thrown';
import { words } from '../support/words';

describe("Progeny's dates", () => {
	test.each<[string, string]>([
		['1990-9-4', '1990-09-04'],
		['1990-09-04', '1990-09-04'],
		[' 1990-9-4 ', '1990-09-04'],
		['1990-9-4T00:00:00', '1990-09-04'],
		['1990-09-04 00:00:00.000', '1990-09-04'],
		['1990-09-04t00:00:00+02:00', '1990-09-04'],
	])('%j is %j', (text, date) => {
		expect(readDate(text)).toBe(date);
	});

	test.each<unknown>([
		...words(`1990-09-03T22:00:00Z None-None-None 1990-None-None None-9-4 1990-9-None 49-5-22 0049-5-22 19900-5-22 2030-2-31
			1900-2-29 2023-2-29 1990-13-1 1990-0-4 1990-9-0 1990-9-004 1990-9 1990-9-4-1 +1990-9-4 1990/9/4 4.9.1990 19900904
			١٩٩٠-9-4`),
		...['1990-9-4 or so', '1990-9-4\n2049-5-22', '', 19900904, 652406400000, null, undefined, true],
		['1990-9-4'],
		{ year: 1990, month: 9, day: 4 },
	])('%j is not a date', (text) => {
		expect(readDate(text)).toBeNull();
	});

	test('only what stands for nothing was not read', () => {
		const unread = ['None-None-None', '1990-None-4', 'None', '', ' ', null, undefined];
		const others = ['49-5-22', '2030-2-31', 'nothing', 0, {}];
		expect([...unread, ...others].filter(isUnreadDate)).toEqual(unread);
	});
});

test.each<[string, string, number]>([
	['1990-09-04', '2026-09-03', 35],
	['1990-09-04', '2026-09-04', 36],
	['2008-12-31', '2027-01-01', 18],
	['2008-02-29', '2026-02-28', 17],
	['2008-02-29', '2026-03-01', 18],
	['2008-02-29', '2028-02-29', 20],
	['2026-11-26', '2026-11-25', -1],
	['1896-01-01', '2026-11-25', 130],
])('a person born on %s is on %s aged %d', (born, today, age) => {
	expect(ageOn(born, today)).toBe(age);
});

test.each<[string, string, number]>([
	['2026-11-25', '2026-11-25', 0],
	['2026-11-25', '2026-11-24', -1],
	['2024-02-28', '2024-03-01', 2],
	['2026-11-25', '2033-09-25', 2496],
])('from %s to %s it is %d days', (from, to, days) => {
	expect(daysBetween(from, to)).toBe(days);
});

test.each<[string, string, string]>([
	['UTC', '2026-11-25T23:59:59.999Z', '2026-11-25'],
	['UTC', '2026-11-26T00:00:00Z', '2026-11-26'],
	['Europe/Berlin', '2026-11-25T23:00:00Z', '2026-11-26'],
	['Pacific/Kiritimati', '2026-12-31T10:00:00Z', '2027-01-01'],
	['Pacific/Pago_Pago', '2027-01-01T10:59:59Z', '2026-12-31'],
	['Pacific/Pago_Pago', '2027-01-01T11:00:00Z', '2027-01-01'],
	['America/New_York', '2028-03-01T04:59:59Z', '2028-02-29'],
	['no/where', '2026-11-25T09:59:00Z', '2026-11-24,2026-11-25'],
	['', '2026-11-25T10:00:00Z', '2026-11-24,2026-11-26'],
	['"Pacific/Kiritimati"', '2026-11-25T12:00:00Z', '2026-11-25,2026-11-26'],
])('in %s it is at %s the day %s', (timeZone, now, day) => {
	expect(daysIn(timeZone, Date.parse(now)).join()).toBe(day);
});

const inZone = (text: string, zone: string) => DateTime.fromISO(text, { zone });
const NOW: DateContext = { now: Date.parse('2026-11-29T12:00:00Z'), timeZone: 'UTC' };

test.each<[string, unknown, string, string?]>([
	['a day', '2000-01-01', '2000-01-01'],
	['a day with blanks around it', ' \t2000-01-01\u00a0\n', '2000-01-01'],
	['29 February', '2000-02-29', '2000-02-29'],
	['midnight without a zone', '2000-01-01T00:00:00', '2000-01-01'],
	['midnight in UTC', '2000-01-01T00:00:00.000Z', '2000-01-01'],
	['midnight behind UTC', '2000-01-01T00:00:00.000-11:00', '2000-01-01'],
	['midnight as BigQuery writes it', '2000-01-01 00:00:00 utc', '2000-01-01'],
	['midnight as Java writes it', '2000-01-01T00:00+09:00[Asia/Tokyo]', '2000-01-01'],
	["the workflow's midnight as a database writes it", '1999-12-31 23:00:00.000000+00', '2000-01-01', 'CET'],
	['a luxon DateTime at midnight in Kiritimati', inZone('2000-01-01', 'Pacific/Kiritimati'), '2000-01-01'],
	['a Date at midnight in UTC, as JSON has it', new Date('2000-01-01'), '2000-01-01'],
	['a luxon DateTime of a day without midnight', inZone('1990-10-21', 'America/Sao_Paulo'), '1990-10-21'],
	['its text, in its zone', '1990-10-21T01:00:00.000-02:00', '1990-10-21', 'America/Sao_Paulo'],
	["the workflow's midnight in UTC", '1999-12-31T23:00:00.000Z', '2000-01-01', 'Europe/Berlin'],
	["a Date at the workflow's midnight", new Date('2000-01-01T05:00:00Z'), '2000-01-01', 'America/New_York'],
	['today in the zone that has it first', '2026-11-30', '2026-11-30'],
	['125 years ago', '1901-11-29', '1901-11-29'],
])('a date may be given as %s', (_, value, date, timeZone = 'UTC') => {
	expect(checkedDate(value, { ...NOW, timeZone })).toBe(date);
	expect(inputDate(value, { ...NOW, timeZone })).toBe(date);
});

const refusal = (value: unknown, timeZone = 'UTC') =>
	thrownBy(() => checkedDate(value, { ...NOW, timeZone }));

test.each([undefined, null, '', ' \u200b\n'])('%j is an empty date', (value) => {
	expect(refusal(value)).toMatchObject({ code: 'INVALID_DATE', message: 'Date of Birth is empty' });
});

const OTHERWISE = 'is not written as yyyy-mm-dd';
const TIME = 'is a time of day, not a day';
const NO_DAY = 'is not a day of the calendar';
const NUMBER = 'is a number, not a day';
const FUTURE = 'is in the future';
const ANCIENT = 'is more than 125 years ago';
const written = (texts: string[], what: string) =>
	texts.map((text): [string, unknown, string] => [text, text, what]);

test.each<[string, unknown, string, string?]>([
	['the evening before in UTC', '1999-12-31T22:00:00.000Z', TIME],
	['the same in a workflow of another zone', '1999-12-31T22:00:00.000Z', TIME, 'America/New_York'],
	['the same in a zone that cannot be used', '2000-01-01T02:00:00+02:00', TIME, 'UTC+14'],
	['one o’clock, as after a change to summer time at midnight', '2000-01-01T01:00:00-02:00', TIME],
	['a minute past midnight', '2000-01-01T00:01:00', TIME],
	['half a second past midnight', '2000-01-01T00:00:00.5', TIME],
	['the end of a day', '2000-01-01T24:00:00', TIME],
	...written(words('2023-02-29 2000-13-01 2000-01-00 0049-05-22'), NO_DAY),
	...written(words('2000-1-1 49-05-22 12000-01-01 -2000-01-01 01-01-2000 2000/01/01 01.01.2000'), OTHERWISE),
	...written(['20000101', '900904', '２０００-01-01', '2000-01-01 2000-01-01', '2000-01-01\nx'], OTHERWISE),
	['the text of a DateTime', '[DateTime: 2000-01-01T00:00:00.000+02:00]', OTHERWISE],
	['a boolean', true, OTHERWISE],
	['a list', ['2000-01-01'], OTHERWISE],
	['an object', { year: 2000, month: 1, day: 1 }, OTHERWISE],
	['an object that says it is a DateTime', { isLuxonDateTime: true, toISO: '2000-01-01' }, OTHERWISE],
	['a luxon DateTime that is not valid', DateTime.fromISO('2000-02-31'), OTHERWISE],
	['a Date that is not valid', new Date(NaN), OTHERWISE],
	['a serial number of a spreadsheet', 33120, NUMBER],
	['a serial number as text', '33120', NUMBER],
	['milliseconds', 946684800000, NUMBER],
	['a Date at another time', new Date('1999-12-31T22:00:00Z'), TIME],
	["what n8n makes of '900904'", DateTime.fromISO('9009-04-01'), FUTURE],
	['two digits of the year, completed to 2055', DateTime.fromFormat('550904', 'yyMMdd'), FUTURE],
	['a Date after the year 9999', new Date(8.64e15), FUTURE],
	['the last day of all', '9999-12-31', FUTURE],
	['the day after tomorrow', '2026-12-01', FUTURE],
	['an Islamic year', '1410-03-04', ANCIENT],
	["a spreadsheet's day zero", '1900-01-01', ANCIENT],
	['a day more than 125 years back', '1901-11-28', ANCIENT],
])('%s is not a date, and it is not repeated', (_, value, what, timeZone = 'UTC') => {
	const { code, message, description } = refusal(value, timeZone);
	expect([code, message]).toEqual(['INVALID_DATE', `Date of Birth ${what}`]);
	expect(description).toContain(".toFormat('yyyy-MM-dd')");
	expect(description).toContain("DateTime.fromFormat(text, 'dd.MM.yyyy')");
	expect(message + description).not.toMatch(/[02]000|33120|09-04|2055|9999/);
	expect(inputDate(value, { ...NOW, timeZone })).toBeNull();
});

test('a date as an expression in plain text, and one of more than 100 characters', () => {
	expect(refusal('{{ $json.birth }}').message).toBe('Date of Birth holds an expression as plain text');
	expect(refusal(`2000-01-01${' '.repeat(100)}`).message).toBe('Date of Birth has more than 100 characters');
	expect(inputDate(`2000-01-01${' '.repeat(100)}`)).toBeNull();
});

test('anything else throws INVALID_DATE', () => {
	const isRefused = (value: unknown) => refusal(value).code === 'INVALID_DATE';
	fc.assert(fc.property(fc.anything({ withDate: false }), isRefused), cases(2000));
});
