/** format=flowed, after the rules and examples of RFC 3676. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { unflow } from '../../../src/message/text/flowed.js';

describe('RFC 3676', () => {
  test('4.2: a line that ends in a space flows into the next', () => {
    assert.equal(
      unflow("`Take some more tea,' the March Hare said to Alice, \nvery earnestly.\n", false),
      "`Take some more tea,' the March Hare said to Alice, very earnestly.\n",
    );
  });

  test('4.1: with DelSp the space is no part of the text', () => {
    assert.equal(unflow('日本 \n語\n', true), '日本語\n');
    assert.equal(unflow('two  \nwords\n', true), 'two words\n');
  });

  test('4.3: the mark of a signature neither flows nor is flowed into', () => {
    assert.equal(unflow('text \n-- \nAnn\n', false), 'text\n-- \nAnn\n');
    assert.equal(unflow('> text \n> -- \n> Ann\n', false), '> text\n> -- \n> Ann\n');
  });

  test('4.4: space-stuffing is undone', () => {
    assert.equal(unflow(' From here\n  two\n', false), 'From here\n two\n');
  });

  test("4.4: a stuffed line of the author's own that starts with > does not turn into a quotation", () => {
    assert.equal(unflow(' > prompt\n', false), ' > prompt\n');
  });

  test('4.5: a change of quote depth ends a paragraph', () => {
    assert.equal(unflow('> a \n>> b\n> c \nd\n', false), '> a\n> > b\n> c\nd\n');
  });

  test('5.1: the nested example keeps its depths', () => {
    const example =
      ">>>Take some more tea.\n>>I've had nothing yet, so I can't take more.\n" +
      ">You mean you can't take LESS, it's very easy to take \n>MORE than nothing.\n";
    assert.equal(
      unflow(example, false),
      "> > > Take some more tea.\n> > I've had nothing yet, so I can't take more.\n" +
        "> You mean you can't take LESS, it's very easy to take MORE than nothing.\n",
    );
  });
});

test('line ends become line feeds, a missing last one stays missing', () => {
  assert.equal(unflow('a \r\nb\r\n\r\nc', false), 'a b\n\nc');
  assert.equal(unflow('a \nb ', false), 'a b');
});

test('paragraphs whose depth changes at every line take time in proportion to their length', () => {
  const text = '> a \n>> b \n'.repeat(100_000);
  assert.equal(unflow(text, false).split('\n').length, 200_001);
});
