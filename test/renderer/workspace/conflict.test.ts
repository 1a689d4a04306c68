import { beforeEach, describe, expect, test } from 'vitest';
import { useComparison } from '#renderer/lib/workspace/comparison.ts';
import {
  conflictOf,
  keepMine,
  meetVersion,
  takeTheirs,
  useConflicts,
} from '#renderer/lib/workspace/conflict.ts';
import { isDirty, type OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { versionOf } from '#renderer/lib/workspace/versions.ts';
import {
  activeDocument,
  openInTab,
  typeInto,
  undoActive,
  useWorkspace,
} from '#renderer/lib/workspace/workspace-store.ts';

const text = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit q;\n';
const theirs = {
  id: 'd',
  name: 'Bell',
  project: '',
  revision: 7,
  modifiedAt: '',
  text: `${text}x q;\n`,
  sidecar: null,
};

function open(): OpenDocument {
  const document = activeDocument();
  if (document === null) throw new Error('No document is open.');
  return document;
}

beforeEach(() => {
  useWorkspace.setState({ documents: [], activeKey: null });
  useConflicts.setState({}, true);
  useComparison.setState({ comparison: null });
  openInTab({ id: 'd', revision: 3, name: 'Bell', text });
});

describe('a version from elsewhere', () => {
  test('is taken by a tab without changes of its own, and undo shows the older one', () => {
    meetVersion(open().key, theirs);
    expect(open()).toMatchObject({ revision: 7, savedText: theirs.text });
    expect(open().parsed.text).toBe(theirs.text);
    expect(conflictOf(open().key)).toBeNull();
    undoActive();
    expect(open().parsed.text).toBe(text);
  });

  test('waits for a decision where the tab has changes', () => {
    const mine = `${text}h q;\n`;
    typeInto(open().key, [{ start: text.length, end: text.length, text: 'h q;\n' }]);
    meetVersion(open().key, theirs);
    expect(conflictOf(open().key)).toEqual(theirs);
    expect(open().parsed.text).toBe(mine);
    expect(useComparison.getState().comparison).toMatchObject({
      before: { text: theirs.text },
      after: { text: mine },
    });
  });

  test('can be taken, and undo brings back what was typed', () => {
    typeInto(open().key, [{ start: text.length, end: text.length, text: 'h q;\n' }]);
    meetVersion(open().key, theirs);
    takeTheirs(open().key);
    expect(open().parsed.text).toBe(theirs.text);
    expect(isDirty(open())).toBe(false);
    expect(useComparison.getState().comparison).toBeNull();
    undoActive();
    expect(open().parsed.text).toBe(`${text}h q;\n`);
    expect(open().history.past).toHaveLength(1);
  });

  test('can be passed over, and stays as the version to compare with', () => {
    typeInto(open().key, [{ start: text.length, end: text.length, text: 'h q;\n' }]);
    meetVersion(open().key, theirs);
    keepMine(open().key);
    expect(open()).toMatchObject({ revision: 7 });
    expect(isDirty(open())).toBe(true);
    expect(open().parsed.text).toBe(`${text}h q;\n`);
    expect(versionOf(open()).text).toBe(theirs.text);
  });

  test('that is the same as the own one needs no decision', () => {
    typeInto(open().key, [{ start: text.length, end: text.length, text: 'x q;\n' }]);
    meetVersion(open().key, theirs);
    expect(conflictOf(open().key)).toBeNull();
    expect(isDirty(open())).toBe(false);
  });
});
