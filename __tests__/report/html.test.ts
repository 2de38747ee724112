import { Html, html } from '../../report/html';

describe('html', () => {
  test('escapes texts, in elements and in attributes', () => {
    const { markup } = html`<a title="${`"'`}">${'<b> & </b>'}</a>`;

    expect(markup).toBe('<a title="&quot;&#39;">&lt;b&gt; &amp; &lt;/b&gt;</a>');
  });

  test('inserts HTML, lists of it and numbers as they are', () => {
    const items = ['a', '<'].map((item) => html`<li>${item}</li>`);

    expect(html`<ul>${items}</ul>${new Html('<hr>')}${1}`.markup).toBe('<ul><li>a</li><li>&lt;</li></ul><hr>1');
  });
});
