import fc from 'fast-check';

// Without it a property draws a dozen elements at most, whatever `maxLength` says.
fc.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });
