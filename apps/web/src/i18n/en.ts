import access from './en/access.json';
import board from './en/board.json';
import dataset from './en/dataset.json';
import errors from './en/errors.json';
import project from './en/project.json';
import runner from './en/runner.json';
import shell from './en/shell.json';
import staffing from './en/staffing.json';
import training from './en/training.json';

export default { access, board, dataset, errors, project, runner, shell, staffing, training };
