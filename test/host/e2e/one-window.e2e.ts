import { SharedWindow } from '../run/shared-window';
import { dictation } from './dictation.part';
import { inputs } from './inputs.part';
import { languages } from './languages.part';
import { setup } from './setup.part';
import { themes } from './themes.part';
import { told } from './told.part';

describe('in one window', () => {
  const window = new SharedWindow();
  after(() => window.dispose());

  describe('dictating into a file', dictation(window));
  describe('what is told', told(window));
  describe('drafts and settled words, in every theme', themes(window));
  describe('setting dictation up', setup(window));
  // Switches the chat on, which changes the extensions that run.
  describe('the key in any input', inputs(window));
  // The last one: the window speaks them from then on.
  describe('other languages', languages(window));
});
