{
  'targets': [
    {
      'target_name': 'cpuid',
      'sources': [ 'cpuid.c' ],
    }
  ],
}
